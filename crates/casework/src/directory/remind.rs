//! Telling owners that entries are to be checked.

use std::collections::{BTreeMap, HashSet};

use kinfold_access::Purpose;
use kinfold_store::NoticeRow;
use serde_json::json;
use uuid::Uuid;

use super::listing::{Listed, ListingEvent};
use crate::actor::audit_line;
use crate::authority::lock;
use crate::error::Result;
use crate::house::Casework;
use crate::pen::log;

/// Days after which somebody is told again.
const AGAIN: i64 = 30;

impl Casework {
    /// Tells whoever answers for entries that are to be checked, in one notice each; where nobody does, the commissioners.
    /// Running it again tells nobody twice within a month. Answers how many notices were made. `mailed` holds who was sent
    /// a message in this run.
    pub(crate) async fn remind_of_listings(&self, mailed: &mut HashSet<Uuid>) -> Result<usize> {
        let today = self.today();
        let before = today.saturating_sub(jiff::Span::new().days(AGAIN));
        let due = |l: &&Listed| l.is_stale(today) && l.reminded_on.is_none_or(|on| on <= before);
        let mut unit = self.house.store.glance().await?;
        if !self.listings(&mut *unit).await?.iter().any(|l| due(&l)) {
            return Ok(0);
        }
        drop(unit);
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        // Read again: another process may have told it meanwhile.
        let all = self.listings(&mut *unit).await?;
        let holders = unit.holders("commissioner", None, today).await?;
        let commissioners: Vec<Uuid> = holders.into_iter().map(|p| p.id).collect();
        let mut told: BTreeMap<Uuid, Vec<&Listed>> = BTreeMap::new();
        for listed in all.iter().filter(due) {
            let there = match listed.owner {
                Some(owner) => unit.person(owner).await?.filter(|p| p.disabled_at.is_none()).map(|p| p.id),
                None => None,
            };
            let people = there.map_or_else(|| commissioners.clone(), |owner| vec![owner]);
            for person in &people {
                told.entry(*person).or_default().push(listed);
            }
            let event = ListingEvent::ListingReminded { on: today, told: people };
            self.add_entries(&mut *unit, listed.id, listed.last, None, &[(None, event)]).await?;
        }
        let notices: Vec<NoticeRow> =
            told.iter().map(|(person, due)| self.check_notice(*person, due)).collect();
        self.give_notices(&mut *unit, &notices, mailed).await?;
        let detail = json!({"told": notices.len()});
        let line =
            audit_line(self.now(), None, None, "directory_check", None, Purpose::Management, true, &detail);
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(notices.len())
    }

    fn check_notice(&self, person: Uuid, due: &[&Listed]) -> NoticeRow {
        let (text, link) = match due {
            [one] => {
                let name = &one.listing.service.name;
                (
                    format!("“{name}” in the directory is to be checked: is it still right?"),
                    format!("/directory/{}", one.id),
                )
            }
            many => {
                let count = many.len();
                let text =
                    format!("{count} entries of the directory are to be checked: are they still right?");
                (text, "/directory?show=check".to_owned())
            }
        };
        NoticeRow {
            id: self.new_id(),
            person,
            child: None,
            kind: "directory_check".to_owned(),
            text,
            link: Some(link),
            created_at: self.now(),
            read_at: None,
        }
    }
}
