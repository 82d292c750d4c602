//! The first page of a carer: the children in their care, and what waits for them.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_access::{Action, Role};
use kinfold_record::{ChildId, Subject};
use kinfold_store::{ChildFilter, Page, Unit};
use serde_json::json;
use uuid::Uuid;

use super::decisions::undecided;
use super::diary::{DiaryLine, coming};
use super::facts::{LogState, ReplyState};
use super::signed::closed;
use super::space::Space;
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;

/// A child in somebody's care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarerChild {
    /// The child.
    pub child: ChildId,
    /// What their carers call the child.
    pub called: String,
    /// Completed years; `None` while the undertaking is not signed, or where it is not known.
    pub age: Option<i32>,
    /// Whether the undertaking is signed: without it nothing else here is filled.
    pub signed: bool,
    /// Notes that came back with a question.
    pub sent_back: usize,
    /// Questions without a reply, and how many of them are late.
    pub asked: (usize, usize),
    /// Replies of the last seven days.
    pub replies: usize,
    /// Decisions of everyday life of which nobody has said who makes them.
    pub undecided: usize,
    /// Whether a note was begun and not saved.
    pub unsaved: bool,
}

/// The first page.
#[derive(Debug, Clone)]
pub struct CarerHome {
    /// The day it is.
    pub today: Date,
    /// The children, by name.
    pub children: Vec<CarerChild>,
    /// What is coming in the next fourteen days.
    pub soon: Vec<DiaryLine>,
}

/// The children in somebody's care: those that are open to them, and those closed until they sign. Says nothing to the log:
/// the caller does.
pub(super) async fn in_care(
    house: &Casework,
    unit: &mut dyn Unit,
    actor: &Actor,
) -> Result<(Vec<Looked>, Vec<Looked>)> {
    let (mut open, mut unsigned) = (Vec::new(), Vec::new());
    if actor.has(Role::FosterCarer) {
        let scope = house.scope(actor, Subject::Child);
        let mine = ChildFilter { circle_of: Some(actor.person().0), ..ChildFilter::default() };
        for line in unit.children(&scope, &mine, Page::first(30)).await?.rows {
            let looked = house.look(unit, actor, ChildId(line.id)).await?;
            if looked.handle.may.has(Action::KeepLog) && looked.handle.may.has(Action::FindChild) {
                if closed(&looked) { unsigned.push(looked) } else { open.push(looked) }
            }
        }
    }
    Ok((open, unsigned))
}

/// The same, read, with the lines in the log.
pub(super) async fn my_children(
    house: &Casework,
    actor: &Actor,
    page: &str,
) -> Result<(Vec<Space>, Vec<Looked>)> {
    let mut unit = house.house.store.read().await?;
    let (looked, unsigned) = in_care(house, &mut *unit, actor).await?;
    let mut open = Vec::new();
    for looked in looked {
        open.push(house.space_for(&mut *unit, looked).await?);
    }
    drop(unit);
    let cares = actor.has(Role::FosterCarer);
    let detail = json!({"page": page, "children": open.len() + unsigned.len()});
    let mut lines = vec![actor.line("view_carers_space", None, cares, &detail)];
    lines.extend(
        open.iter().map(|s| actor.line("view_carers_space", Some(s.child().0), true, &json!({"page": page}))),
    );
    house.house.pen.write(lines).await?;
    if cares { Ok((open, unsigned)) } else { Err(Error::Absent) }
}

impl Casework {
    /// The children of whom a carer is told nothing in any list, because they have not signed the undertaking. Nobody else
    /// has such children.
    pub(crate) async fn closed_to(&self, unit: &mut dyn Unit, actor: &Actor) -> Result<HashSet<Uuid>> {
        let (_, unsigned) = in_care(self, unit, actor).await?;
        Ok(unsigned.iter().map(|looked| looked.handle.id().0).collect())
    }
}

impl Casework {
    /// The first page of the carer's space.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who is no carer.
    pub async fn carers_home(&self, actor: &Actor) -> Result<CarerHome> {
        let (open, unsigned) = my_children(self, actor, "home").await?;
        let today = self.today();
        let mut soon: Vec<DiaryLine> = open.iter().flat_map(coming).collect();
        soon.retain(|l| (l.on - today).get_days() <= 14);
        soon.sort_by(|a, b| (a.on, &a.called, &a.what).cmp(&(b.on, &b.called, &b.what)));
        let mut children = Vec::new();
        for space in &open {
            let facts = space.facts().of_carer(actor.person());
            let asked = facts
                .questions
                .iter()
                .filter(|q| matches!(q.state, ReplyState::Owed(_) | ReplyState::Late(_)));
            let fresh = |on: Date| (today - on).get_days() <= 7;
            children.push(CarerChild {
                child: space.child(),
                called: space.called(),
                age: space.looked.timeline.age_on(today),
                signed: true,
                sent_back: facts.notes.iter().filter(|n| n.state == LogState::SentBack).count(),
                asked: (
                    asked.count(),
                    facts.questions.iter().filter(|q| matches!(q.state, ReplyState::Late(_))).count(),
                ),
                replies: facts
                    .questions
                    .iter()
                    .filter(|q| q.answers.last().is_some_and(|a| fresh(a.on)))
                    .count(),
                undecided: undecided(space),
                unsaved: self.draft(actor, space.child(), super::log::DRAFT).await?.is_some(),
            });
        }
        children.extend(unsigned.iter().map(|looked| {
            let identity = &looked.timeline.identity;
            CarerChild {
                child: looked.handle.id(),
                called: identity.known_as.clone().unwrap_or_else(|| identity.given_name.clone()),
                age: None,
                signed: false,
                sent_back: 0,
                asked: (0, 0),
                replies: 0,
                undecided: 0,
                unsaved: false,
            }
        }));
        children.sort_by(|a, b| (&a.called, a.child).cmp(&(&b.called, b.child)));
        Ok(CarerHome { today, children, soon })
    }
}
