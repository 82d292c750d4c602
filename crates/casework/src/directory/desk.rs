//! The directory as those see it who work here: who answers for an entry, what is to be checked, what only they may know.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use serde_json::json;
use uuid::Uuid;

use super::listing::{Listed, ListingEvent};
use crate::actor::Actor;
use crate::authority::{Written, entries, names};
use crate::error::{Error, Result};
use crate::house::Casework;

/// Which entries are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Showing {
    /// All that are shown.
    #[default]
    All,
    /// Those one answers for.
    Mine,
    /// Those that are to be checked.
    Stale,
    /// Those nobody answers for.
    Nobody,
    /// Those that were taken out.
    Ended,
}

impl Showing {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::All, Self::Mine, Self::Stale, Self::Nobody, Self::Ended];

    /// Name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Stale => "check",
            Self::Nobody => "nobody",
            Self::Ended => "ended",
        }
    }

    /// From its name; all when there is none.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|showing| showing.code() == code).unwrap_or_default()
    }

    fn holds(self, listed: &Listed, me: Uuid, today: Date) -> bool {
        match self {
            Self::Ended => listed.ended.is_some(),
            _ if listed.ended.is_some() => false,
            Self::All => true,
            Self::Mine => listed.owner == Some(me),
            Self::Stale => listed.is_stale(today),
            Self::Nobody => listed.owner.is_none(),
        }
    }
}

/// An entry in the list.
#[derive(Debug, Clone)]
pub struct ListedLine {
    /// The entry.
    pub listed: Listed,
    /// Who answers for it, by name.
    pub owner: Option<String>,
}

/// The list.
#[derive(Debug, Clone)]
pub struct DirectoryPage {
    /// The entries, by name.
    pub lines: Vec<ListedLine>,
    /// How many there are in each way of showing.
    pub counts: [(Showing, usize); 5],
    /// Whether this person keeps the directory.
    pub may_edit: bool,
    /// The day.
    pub today: Date,
}

/// One entry with its history.
#[derive(Debug, Clone)]
pub struct ListedPage {
    /// The entry.
    pub listed: Listed,
    /// All that was written down about it, oldest first.
    pub entries: Vec<Written<ListingEvent>>,
    /// Names of everybody in it.
    pub names: HashMap<Uuid, String>,
    /// Whether this person may change it: they keep the directory, or answer for this entry.
    pub may_change: bool,
    /// Whether this person keeps the directory.
    pub may_edit: bool,
    /// The day.
    pub today: Date,
}

impl ListedPage {
    /// A person's name.
    pub fn name(&self, person: Option<Uuid>) -> &str {
        match person {
            Some(person) => self.names.get(&person).map_or("somebody", String::as_str),
            None => "Kinfold",
        }
    }
}

impl Casework {
    /// Every entry, those for people who work here too.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the directory.
    pub async fn directory(&self, actor: &Actor, showing: Showing, words: &str) -> Result<DirectoryPage> {
        actor.require(Action::ViewDirectory)?;
        let (me, today) = (actor.person().0, self.today());
        let mut unit = self.house.store.glance().await?;
        let all = self.listings(&mut *unit).await?;
        let names = names(&mut *unit, all.iter().filter_map(|l| l.owner).collect()).await?;
        drop(unit);
        let words = words.trim().to_lowercase();
        let said = |l: &&Listed| {
            let service = &l.listing.service;
            let organisation = service.organization.as_ref().map_or("", |o| o.name.as_str());
            let text = format!("{} {organisation}", service.name).to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        };
        let counts = Showing::ALL.map(|s| (s, all.iter().filter(|l| s.holds(l, me, today)).count()));
        let lines: Vec<ListedLine> = all
            .iter()
            .filter(|l| showing.holds(l, me, today))
            .filter(said)
            .map(|l| ListedLine { owner: l.owner.and_then(|o| names.get(&o).cloned()), listed: l.clone() })
            .collect();
        let detail = json!({"page": "directory", "rows": lines.len()});
        self.house.pen.write(vec![actor.line(Action::ViewDirectory.as_str(), None, true, &detail)]).await?;
        Ok(DirectoryPage { lines, counts, may_edit: actor.may().has(Action::EditDirectory), today })
    }

    /// One entry, all of it. A hidden address is for those who keep the directory or answer for the entry.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such entry.
    pub async fn directory_entry(&self, actor: &Actor, id: Uuid) -> Result<ListedPage> {
        actor.require(Action::ViewDirectory)?;
        let mut unit = self.house.store.read().await?;
        let entries = entries::<ListingEvent>(&mut *unit, id).await?;
        let mut listed = Listed::of(id, &entries).ok_or(Error::Absent)?;
        let mut who: Vec<Uuid> = entries.iter().filter_map(|e| e.by).chain(listed.owner).collect();
        for entry in &entries {
            match &entry.event {
                ListingEvent::ListingOwned { person } => who.extend(person),
                ListingEvent::ListingReminded { told, .. } => who.extend(told),
                _ => {}
            }
        }
        let names = names(&mut *unit, who).await?;
        drop(unit);
        let may_edit = actor.may().has(Action::EditDirectory);
        let may_change = may_edit || listed.owner == Some(actor.person().0);
        if listed.listing.hide_address && !may_change {
            listed.listing.service.places.clear();
        }
        let detail = json!({"listing": id});
        self.house.pen.write(vec![actor.line(Action::ViewDirectory.as_str(), None, true, &detail)]).await?;
        Ok(ListedPage { listed, entries, names, may_change, may_edit, today: self.today() })
    }
}
