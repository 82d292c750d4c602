//! Who decides what: the decisions of everyday life one by one, as they stand for the home the child lives in now.

use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, Event, Timeline};
use smol_str::SmolStr;

use super::space::Space;
use crate::actor::Actor;
use crate::child::ChildHandle;
use crate::error::Result;
use crate::house::{Book, Casework};
use serde_json::json;

/// How many days before the move a decision may be recorded for the new home: as for the placement plan, which should be
/// there before the child moves in.
const BEFORE: i32 = 28;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// A code of `delegated_decision`.
    pub code: SmolStr,
    /// What a person reads.
    pub title: String,
    /// Who decides: a code of `decides`; `None` while nobody has said for this home.
    pub decides: Option<SmolStr>,
    /// On what conditions.
    pub conditions: Option<String>,
    /// Who was asked: codes of `circle_role`.
    pub consulted: Vec<SmolStr>,
    /// Where it was agreed: a code of `delegation_source`.
    pub source: Option<SmolStr>,
    /// What the child said.
    pub child_words: Option<String>,
    /// From when.
    pub from: Option<Date>,
    /// To be looked at again on.
    pub review_on: Option<Date>,
    /// Who recorded it.
    pub by: Option<String>,
    /// Whether it was decided for a home before this one and is still to be decided for this one.
    pub elsewhere: bool,
}

/// Decisions that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionArea {
    /// Heading.
    pub title: String,
    /// The decisions, in the order of their list.
    pub decisions: Vec<Decision>,
}

/// Who decides what for a child.
#[derive(Debug, Clone)]
pub struct DecisionsPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// What their carers call the child.
    pub called: String,
    /// Every decision of the list, by area.
    pub areas: Vec<DecisionArea>,
    /// How many are not decided for this home.
    pub undecided: usize,
    /// The first day a decision holds for this home.
    pub since: Option<Date>,
    /// Whether this person may record who decides.
    pub records: bool,
}

/// The first day of the stay with the people the child lives with now.
fn stay_since(timeline: &Timeline, on: Date) -> Option<Date> {
    let mut placement = timeline.placement_on(on)?;
    while let Some(before) =
        placement.continues.and_then(|id| timeline.placements.iter().find(|p| p.entry == id))
    {
        placement = before;
    }
    Some(placement.start)
}

fn areas(space: &Space) -> Vec<DecisionArea> {
    let (today, guidance) = (space.today, &space.book.guidance);
    let since = stay_since(&space.looked.timeline, today)
        .and_then(|start| start.checked_sub(Span::new().days(BEFORE)).ok());
    let entries = space.readable();
    let mut out: Vec<DecisionArea> = guidance
        .carers
        .areas
        .iter()
        .map(|a| DecisionArea { title: a.title.clone(), decisions: Vec::new() })
        .collect();
    let Some(list) = guidance.codes.list("delegated_decision") else { return out };
    for code in list.on(today) {
        let last = entries.iter().rev().find(|e| {
            e.happened_on <= today
                && matches!(&e.event, Event::DelegationDecided { decision, .. } if *decision == code.code)
        });
        let mut one = Decision {
            code: code.code.clone(),
            title: code.title.to_string(),
            decides: None,
            conditions: None,
            consulted: Vec::new(),
            source: None,
            child_words: None,
            from: None,
            review_on: None,
            by: None,
            elsewhere: false,
        };
        if let Some(entry) = last
            && let Event::DelegationDecided {
                decides,
                conditions,
                consulted,
                source,
                child_words,
                review_on,
                ..
            } = &entry.event
        {
            one.elsewhere = since.is_some_and(|since| entry.happened_on < since);
            if !one.elsewhere {
                one.decides = Some(decides.clone());
                one.conditions.clone_from(conditions);
                one.consulted = consulted.clone().unwrap_or_default();
                one.source.clone_from(source);
                one.child_words.clone_from(child_words);
                one.from = Some(entry.happened_on);
                one.review_on = *review_on;
                one.by = space.name(entry.recorded_by);
            }
        }
        let area =
            guidance.carers.area_of(&code.code).and_then(|a| out.iter_mut().find(|o| o.title == a.title));
        match area {
            Some(area) => area.decisions.push(one),
            None => out.push(DecisionArea { title: String::new(), decisions: vec![one] }),
        }
    }
    out.retain(|a| !a.decisions.is_empty());
    out
}

fn open(areas: &[DecisionArea]) -> usize {
    areas.iter().flat_map(|a| &a.decisions).filter(|d| d.decides.is_none()).count()
}

/// How many decisions nobody has made for the home the child lives in now.
pub(super) fn undecided(space: &Space) -> usize {
    open(&areas(space))
}

fn page(space: Space) -> DecisionsPage {
    let areas = areas(&space);
    DecisionsPage {
        timeline: space.timeline(),
        today: space.today,
        called: space.called(),
        undecided: open(&areas),
        areas,
        since: stay_since(&space.looked.timeline, space.today),
        records: space.looked.handle.may.has(Action::RecordHome),
        book: Arc::clone(&space.book),
        handle: space.looked.handle,
    }
}

impl Casework {
    /// Who decides what, for the carer.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed.
    pub async fn carers_decisions(&self, actor: &Actor, child: ChildId) -> Result<DecisionsPage> {
        Ok(page(self.caring(actor, child, "decisions").await?))
    }

    /// Who decides what, for those who read the chronology. Recording it is [`Casework::record`].
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when this person may not read the child's chronology.
    pub async fn decisions(&self, actor: &Actor, child: ChildId) -> Result<DecisionsPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChronology).await?;
        let space = self.space_for(&mut *unit, looked).await?;
        drop(unit);
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "decisions"}));
        self.house.pen.write(vec![line]).await?;
        Ok(page(space))
    }
}
