//! Which parts of a child's own space are not shown to them yet: decided by the circle, with a reason and a day to look again.

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, Event, EventKind, PersonId, Timeline};
use serde_json::json;
use smol_str::SmolStr;

use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::error::Result;
use crate::house::Casework;
use crate::veil::entries_for;

/// A part that is closed, for those who decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedPart {
    /// Code of the list `own_part`.
    pub part: SmolStr,
    /// Since when.
    pub since: Date,
    /// Why.
    pub reason: String,
    /// When it is looked at again.
    pub review_on: Date,
    /// Who decided it together: codes of `circle_role`.
    pub decided_with: Vec<SmolStr>,
    /// Who recorded it.
    pub by: Option<String>,
}

/// The parts of a child's own space, for a page of the desk.
#[derive(Debug, Clone)]
pub struct PartsPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The day it is.
    pub today: Date,
    /// What is closed.
    pub closed: Vec<ClosedPart>,
    /// Whether this person may read the reasons; without that nothing is listed.
    pub reads: bool,
    /// Whether this person may close and open parts.
    pub decides: bool,
}

/// The parts closed on a day: the last entry about each part decides.
pub(super) fn closed_on(timeline: &Timeline, on: Date) -> Vec<SmolStr> {
    let mut closed: Vec<SmolStr> = Vec::new();
    for happening in timeline.happenings.iter().filter(|h| h.on <= on) {
        let Some(part) = happening.fact(0) else { continue };
        match happening.kind {
            EventKind::OwnPartClosed if !closed.iter().any(|c| c == part) => closed.push(SmolStr::new(part)),
            EventKind::OwnPartOpened => closed.retain(|c| c != part),
            _ => {}
        }
    }
    closed
}

/// Whether anything is closed to the child today: the whole chronology is then not theirs to page through either.
pub(crate) fn something_closed(timeline: &Timeline, on: Date) -> bool {
    !closed_on(timeline, on).is_empty()
}

impl Casework {
    /// What of their own space a child is not shown, and why. For those who read safeguarding matters: the social worker,
    /// their manager, and the reviewing officer, who sees every restriction.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when this person may not open the child.
    pub async fn own_parts(&self, actor: &Actor, child: ChildId) -> Result<PartsPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let may = looked.handle.may;
        let reads = may.has(Action::ViewSafeguarding);
        let today = self.today();
        let codes = if reads { closed_on(&looked.timeline, today) } else { Vec::new() };
        let mut closed = Vec::new();
        if !codes.is_empty() {
            let entries = entries_for(&mut *unit, &looked.handle).await?;
            let names = self
                .names(
                    &mut *unit,
                    &entries.iter().filter_map(|e| e.recorded_by.map(|p| p.0)).collect::<Vec<_>>(),
                )
                .await?;
            let standing = kinfold_record::Chronology::new(child, entries)
                .map_err(|e| crate::Error::Internal(e.to_string()))?;
            for code in codes {
                let last = standing
                    .standing(None)
                    .into_iter()
                    .filter(|e| matches!(&e.event, Event::OwnPartClosed { part, .. } if *part == code))
                    .max_by_key(|e| (e.happened_on, e.recorded_at));
                if let Some(entry) = last
                    && let Event::OwnPartClosed { reason, review_on, decided_with, .. } = &entry.event
                {
                    closed.push(ClosedPart {
                        part: code,
                        since: entry.happened_on,
                        reason: reason.clone(),
                        review_on: *review_on,
                        decided_with: decided_with.clone().unwrap_or_default(),
                        by: entry.recorded_by.and_then(|p: PersonId| names.get(&p).cloned()),
                    });
                }
            }
        }
        drop(unit);
        let mut timeline = looked.timeline;
        redact(&mut timeline, may, looked.handle.relations);
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "own_parts"}));
        self.house.pen.write(vec![line]).await?;
        Ok(PartsPage {
            decides: may.has(Action::ManageCircle),
            handle: looked.handle,
            timeline,
            today,
            closed,
            reads,
        })
    }
}
