//! Reading the panel: all meetings, and one with its papers.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::meeting::{Meeting, MeetingEvent};
use crate::actor::Actor;
use crate::authority::entry::{Written, entries, names, room};
use crate::error::{Error, Result};
use crate::house::Casework;

/// A meeting in the list.
#[derive(Debug, Clone)]
pub struct MeetingLine {
    /// The meeting.
    pub meeting: Meeting,
}

/// The panel.
#[derive(Debug, Clone)]
pub struct PanelPage {
    /// Meetings to come, the next one first, and then those that were, the newest first.
    pub meetings: Vec<MeetingLine>,
    /// Whether this person runs the panel.
    pub may_run: bool,
    /// Whether this person is a member of it.
    pub may_remark: bool,
    /// The day.
    pub today: Date,
}

/// One meeting.
#[derive(Debug, Clone)]
pub struct MeetingPage {
    /// The meeting.
    pub meeting: Meeting,
    /// Names of everybody who wrote in it.
    pub names: HashMap<Uuid, String>,
    /// Whether this person runs the panel.
    pub may_run: bool,
    /// Whether this person says something before the meeting.
    pub may_remark: bool,
    /// The day.
    pub today: Date,
}

impl MeetingPage {
    /// A person's name.
    pub fn name(&self, person: Option<Uuid>) -> &str {
        person.and_then(|person| self.names.get(&person)).map_or("somebody", String::as_str)
    }

    /// Whether the agenda, the pack and the minutes can still be changed by this person.
    pub fn may_change(&self) -> bool {
        self.may_run && self.meeting.agreed.is_none() && self.meeting.cancelled.is_none()
    }
}

/// A meeting with its entries.
pub(super) async fn meeting(unit: &mut dyn Unit, id: Uuid) -> Result<(Meeting, Vec<Written<MeetingEvent>>)> {
    let entries = entries::<MeetingEvent>(unit, id).await?;
    let meeting = Meeting::of(id, &entries).ok_or(Error::Absent)?;
    Ok((meeting, entries))
}

/// Every meeting, by its day.
pub(super) async fn meetings(unit: &mut dyn Unit) -> Result<Vec<Meeting>> {
    let found = room::<MeetingEvent>(unit).await?;
    let mut out: Vec<Meeting> = found.iter().filter_map(|(id, entries)| Meeting::of(*id, entries)).collect();
    out.sort_by_key(|meeting| (meeting.on, meeting.id));
    Ok(out)
}

/// How many meetings were held between two days.
pub(in crate::authority) async fn held(unit: &mut dyn Unit, since: Date, until: Date) -> Result<usize> {
    let all = meetings(unit).await?;
    Ok(all.iter().filter(|m| m.cancelled.is_none() && since <= m.on && m.on <= until).count())
}

impl Casework {
    /// The panel's meetings.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read its papers.
    pub async fn panel(&self, actor: &Actor) -> Result<PanelPage> {
        actor.require(Action::ViewPlans)?;
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let all = meetings(&mut *unit).await?;
        drop(unit);
        let (past, mut to_come): (Vec<Meeting>, Vec<Meeting>) = all.into_iter().partition(|m| m.on < today);
        to_come.extend(past.into_iter().rev());
        let meetings: Vec<MeetingLine> = to_come.into_iter().map(|meeting| MeetingLine { meeting }).collect();
        let detail = json!({"page": "panel", "rows": meetings.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        let may = actor.may();
        let (may_run, may_remark) = (may.has(Action::RunPanel), may.has(Action::CommentAsPanel));
        Ok(PanelPage { meetings, may_run, may_remark, today })
    }

    /// One meeting.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read its papers, or when there is none.
    pub async fn meeting(&self, actor: &Actor, id: Uuid) -> Result<MeetingPage> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.glance().await?;
        let (meeting, entries) = meeting(&mut *unit, id).await?;
        let names = names(&mut *unit, entries.iter().filter_map(|entry| entry.by).collect()).await?;
        drop(unit);
        let detail = json!({"meeting": id});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        let may = actor.may();
        let (may_run, may_remark) = (may.has(Action::RunPanel), may.has(Action::CommentAsPanel));
        Ok(MeetingPage { meeting, names, may_run, may_remark, today: self.today() })
    }
}
