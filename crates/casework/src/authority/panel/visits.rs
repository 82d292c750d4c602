//! Members' visits to homes, and events they attended: what they saw and learnt, without naming a child.

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_store::Unit;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::authority::entry::{Body, Written, entries, lock, names, room};
use crate::authority::{LONGEST_TEXT, LONGEST_TITLE, text};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// What can be recorded of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VisitEvent {
    /// Members were somewhere. A later one puts it right.
    Visited {
        /// The day.
        on: Date,
        /// A home, or an event.
        what: VisitKind,
        /// Which one.
        place: String,
        /// Which members, in words.
        members: String,
        /// What they saw and learnt.
        text: String,
    },
    /// It was written down by mistake.
    VisitWithdrawn {
        /// Why.
        reason: String,
    },
}

impl Body for VisitEvent {
    const ROOM: &'static str = "visit";
}

/// What was visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    /// A children's home, or a place where care leavers live.
    Home,
    /// A team or a service.
    Service,
    /// An event of children, carers or care leavers.
    Event,
}

impl VisitKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Home, Self::Service, Self::Event];

    /// Name in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Service => "service",
            Self::Event => "event",
        }
    }

    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Home => "A home",
            Self::Service => "A team or service",
            Self::Event => "An event",
        }
    }

    /// From its name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A visit to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// The day.
    pub on: Date,
    /// What was visited.
    pub what: Option<VisitKind>,
    /// Which one.
    pub place: String,
    /// Which members.
    pub members: String,
    /// What they saw and learnt.
    pub text: String,
}

/// A visit as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Its id.
    pub id: Uuid,
    /// Its last entry.
    pub version: i64,
    /// The day.
    pub on: Date,
    /// What was visited.
    pub what: VisitKind,
    /// Which one.
    pub place: String,
    /// Which members.
    pub members: String,
    /// What they saw and learnt.
    pub text: String,
    /// Who wrote it down.
    pub by: Option<Uuid>,
    /// That person's name.
    pub name: String,
}

impl Visit {
    /// In one line, without who went.
    pub fn sentence(&self) -> String {
        format!("{}: {}. {}", self.on.strftime("%-d %B %Y"), self.place, self.text)
    }

    fn of(id: Uuid, entries: &[Written<VisitEvent>]) -> Option<Self> {
        let mut out = None;
        for entry in entries {
            out = match &entry.event {
                VisitEvent::Visited { on, what, place, members, text } => Some(Self {
                    id,
                    version: entry.version,
                    on: *on,
                    what: *what,
                    place: place.clone(),
                    members: members.clone(),
                    text: text.clone(),
                    by: entries.first().and_then(|first| first.by),
                    name: String::new(),
                }),
                VisitEvent::VisitWithdrawn { .. } => None,
            };
        }
        out
    }
}

/// Visits and events.
#[derive(Debug, Clone)]
pub struct VisitsPage {
    /// The newest first.
    pub visits: Vec<Visit>,
    /// Whether this person writes one down.
    pub may_add: bool,
    /// Whether this person changes those of others.
    pub may_run: bool,
    /// Who is looking.
    pub me: Uuid,
}

/// The visits between two days, oldest first.
pub(in crate::authority) async fn visits_since(
    unit: &mut dyn Unit,
    since: Date,
    until: Date,
) -> Result<Vec<Visit>> {
    let found = room::<VisitEvent>(unit).await?;
    let visits = found.iter().filter_map(|(id, entries)| Visit::of(*id, entries));
    let mut visits: Vec<Visit> = visits.filter(|v| since <= v.on && v.on <= until).collect();
    visits.sort_by_key(|visit| (visit.on, visit.id));
    Ok(visits)
}

impl Casework {
    /// Members' visits and the events they attended.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the panel's papers.
    pub async fn visits(&self, actor: &Actor) -> Result<VisitsPage> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.glance().await?;
        let mut visits = visits_since(&mut *unit, Date::MIN, Date::MAX).await?;
        let names = names(&mut *unit, visits.iter().filter_map(|visit| visit.by).collect()).await?;
        drop(unit);
        for visit in &mut visits {
            visit.name = visit.by.and_then(|by| names.get(&by)).cloned().unwrap_or_default();
        }
        visits.reverse();
        let detail = json!({"page": "visits", "rows": visits.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        let may = actor.may();
        let (may_add, may_run) = (may.has(Action::CommentAsPanel), may.has(Action::RunPanel));
        Ok(VisitsPage { visits, may_add, may_run, me: actor.person().0 })
    }

    /// Writes a visit down, or puts one right that one wrote down oneself. `seen` is the version that was put right.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when something is missing or too long;
    /// [`Error::Conflict`] when somebody else changed it since `seen`.
    pub async fn write_visit(
        &self,
        actor: &Actor,
        id: Option<(Uuid, i64)>,
        new: &NewVisit,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::CommentAsPanel)?;
        if new.on > self.today() {
            return Err(Error::invalid("on", "The day is in the future. Write it down once it has been"));
        }
        let what = new.what.ok_or_else(|| Error::invalid("what", "Choose what was visited"))?;
        let event = VisitEvent::Visited {
            on: new.on,
            what,
            place: text("place", &new.place, LONGEST_TITLE, "Say which one")?,
            members: text("members", &new.members, LONGEST_TITLE, "Say which members were there")?,
            text: text("text", &new.text, LONGEST_TEXT, "Say what they saw and learnt")?,
        };
        self.visit_entry(actor, id, event, key).await
    }

    /// Withdraws a visit that was written down by mistake.
    ///
    /// # Errors
    /// As [`Casework::write_visit`].
    pub async fn withdraw_visit(
        &self,
        actor: &Actor,
        id: (Uuid, i64),
        reason: &str,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::CommentAsPanel)?;
        let reason = text("reason", reason, LONGEST_TEXT, "Say why")?;
        self.visit_entry(actor, Some(id), VisitEvent::VisitWithdrawn { reason }, key).await
    }

    async fn visit_entry(
        &self,
        actor: &Actor,
        id: Option<(Uuid, i64)>,
        event: VisitEvent,
        key: &str,
    ) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let (subject, last) = match id {
            None => (self.new_id(), 0),
            Some((id, seen)) => {
                let entries = entries::<VisitEvent>(&mut *unit, id).await?;
                let visit = Visit::of(id, &entries).ok_or(Error::Absent)?;
                if visit.by != Some(me) && !actor.may().has(Action::RunPanel) {
                    return Err(Error::Absent);
                }
                if visit.version > seen {
                    return Err(Error::Conflict { current: visit.version });
                }
                (id, visit.version)
            }
        };
        self.add_entries(&mut *unit, subject, last, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"visit": subject});
        log(&mut *unit, vec![actor.line(Action::CommentAsPanel.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}
