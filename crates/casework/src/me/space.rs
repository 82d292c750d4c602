//! Finding the space of whoever asks, and its first page.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use kinfold_access::{Action, Relation, Role};
use kinfold_pathway::{Duty, State};
use kinfold_record::{ChildId, Chronology, Entry, Event, PersonId, Sensitivity, Subject};
use kinfold_store::{ChildFilter, Page, Unit};
use serde_json::json;
use smol_str::SmolStr;

use super::parts::closed_on;
use super::people::{OwnPerson, own_people};
use super::said::{Said, said_of};
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::decode_duties;
use crate::veil::entries_for;

/// What happens next, as plain data: the page finds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextThing {
    /// What it is.
    pub what: Next,
    /// The day, or the last day it may be.
    pub on: Date,
    /// Whether `on` is the day itself; else it is the last day.
    pub exact: bool,
}

/// What can happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Next {
    /// A review of the plan.
    Review,
    /// The social worker visits.
    Visit,
    /// A health check.
    HealthCheck,
    /// The dentist.
    Dentist,
    /// The plan for school is looked at.
    SchoolPlan,
}

/// The first page.
#[derive(Debug, Clone)]
pub struct OwnHome {
    /// What they like to be called.
    pub name: String,
    /// The day it is.
    pub today: Date,
    /// Their people, unless that is not shown yet.
    pub people: Option<Vec<OwnPerson>>,
    /// What happens next, soonest first.
    pub next: Vec<NextThing>,
    /// What they said and has no reply yet, and what was answered lately.
    pub said: Vec<Said>,
    /// Whether they began to say something and have not sent it.
    pub unsent: bool,
    /// Whether there are questions about how they are, to answer if they like.
    pub questions: bool,
    /// Parts not shown yet: codes of `own_part`.
    pub closed: Vec<SmolStr>,
}

/// A space as it was read, before anything is shown.
pub(super) struct Space {
    pub looked: Looked,
    pub chronology: Chronology,
    pub names: HashMap<PersonId, String>,
    pub closed: Vec<SmolStr>,
    pub duties: Vec<Duty>,
    pub today: Date,
    pub book: Arc<Book>,
}

impl Space {
    pub fn child(&self) -> ChildId {
        self.looked.handle.id()
    }

    /// Entries that stand and that the child may read here: everyday ones about nobody else.
    pub fn everyday(&self) -> impl Iterator<Item = &Entry> {
        let label = |e: &Entry| e.event.kind().read_as(e.sensitivity);
        let open = move |e: &&Entry| label(e) == Sensitivity::Ordinary && e.about.is_empty();
        self.chronology.standing(None).into_iter().filter(open)
    }

    pub fn shows(&self, part: &str) -> bool {
        !self.closed.iter().any(|c| c == part)
    }
}

impl Casework {
    /// The record of whoever asks, to read.
    pub(crate) async fn own_record(&self, unit: &mut dyn Unit, actor: &Actor) -> Result<Option<Looked>> {
        if !actor.has(Role::YoungPerson) {
            return Ok(None);
        }
        let scope = self.scope(actor, Subject::Child);
        let mine = ChildFilter { circle_of: Some(actor.person().0), ..ChildFilter::default() };
        for line in unit.children(&scope, &mine, Page::first(20)).await?.rows {
            let looked = self.look(unit, actor, ChildId(line.id)).await?;
            let own = looked.handle.relations.relation.has(Relation::Own);
            if own && looked.handle.may.has(Action::SayIt) && looked.handle.may.has(Action::FindChild) {
                return Ok(Some(looked));
            }
        }
        Ok(None)
    }

    /// Says in the log that somebody without a space asked for one, and refuses.
    pub(super) async fn no_space<T>(&self, actor: &Actor) -> Result<T> {
        self.house.pen.write(vec![actor.line("view_own_space", None, false, &json!({}))]).await?;
        Err(Error::Absent)
    }

    /// The space of whoever asks, with everything that stands in it.
    pub(super) async fn own_space(&self, actor: &Actor) -> Result<Space> {
        let mut unit = self.house.store.read().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let space = self.space_of(&mut *unit, looked).await?;
        drop(unit);
        Ok(space)
    }

    pub(super) async fn space_of(&self, unit: &mut dyn Unit, looked: Looked) -> Result<Space> {
        let child = looked.handle.id();
        let entries = entries_for(unit, &looked.handle).await?;
        let mut ids: Vec<uuid::Uuid> =
            looked.timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        ids.extend(entries.iter().filter_map(|e| e.recorded_by).map(|p| p.0));
        let names = self.names(unit, &ids).await?;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let today = self.today();
        Ok(Space {
            closed: closed_on(&looked.timeline, today),
            duties: decode_duties(&looked.row.projection.duties)?,
            chronology,
            names,
            looked,
            today,
            book: self.book(),
        })
    }

    /// Writes the line that says which page of their own space somebody read.
    pub(super) async fn read_own(&self, actor: &Actor, child: ChildId, page: &str) -> Result<()> {
        let line = actor.line("view_own_space", Some(child.0), true, &json!({"page": page}));
        self.house.pen.write(vec![line]).await
    }

    /// The first page of one's own space.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who has none.
    pub async fn own_home(&self, actor: &Actor) -> Result<OwnHome> {
        let space = self.own_space(actor).await?;
        let people =
            if space.shows("people") { Some(self.reachable(own_people(&space)).await?) } else { None };
        let unsent = self.saying(actor, space.child()).await?.is_some();
        let questions = self.own_sdq_of(&space, actor).await?.due;
        self.read_own(actor, space.child(), "home").await?;
        let identity = &space.looked.timeline.identity;
        Ok(OwnHome {
            name: identity.known_as.clone().unwrap_or_else(|| identity.given_name.clone()),
            today: space.today,
            next: next_things(&space),
            said: said_of(&space),
            people,
            unsent,
            questions,
            closed: space.closed,
        })
    }
}

/// What happens next, as far as the record knows: days that were set, and the last day of what is owed to the child.
pub(super) fn next_things(space: &Space) -> Vec<NextThing> {
    let today = space.today;
    let mut next: Vec<NextThing> = Vec::new();
    let mut add = |what: Next, on: Date, exact: bool| next.push(NextThing { what, on, exact });
    let mut review: Option<(SmolStr, Date)> = None;
    let mut entries: Vec<&Entry> = space.chronology.standing(None);
    entries.sort_by_key(|e| (e.happened_on, e.recorded_at));
    for entry in &entries {
        match &entry.event {
            Event::ReviewCalled { occasion, on, .. } | Event::ReviewMoved { occasion, on, .. }
                if *on >= today =>
            {
                review = Some((occasion.clone(), *on));
            }
            Event::ReviewCalledOff { occasion, .. }
                if review.as_ref().is_some_and(|(o, _)| o == occasion) =>
            {
                review = None;
            }
            Event::HealthStep { appointment: Some(on), .. } if *on >= today => {
                add(Next::HealthCheck, *on, true)
            }
            Event::DentalCheck { again_on: Some(on), .. } if *on >= today => add(Next::Dentist, *on, true),
            _ => {}
        }
    }
    if space.shows("review") {
        match review {
            Some((_, on)) => add(Next::Review, on, true),
            None => {
                if let Some(on) = due(space, |rule| matches!(rule, "review.first" | "review.later")) {
                    add(Next::Review, on, false);
                }
            }
        }
    }
    if let Some(on) = due(space, |rule| rule.starts_with("visit.") && rule != "visit.seen_alone") {
        add(Next::Visit, on, false);
    }
    if let Some(on) = due(space, |rule| rule.starts_with("education.")) {
        add(Next::SchoolPlan, on, false);
    }
    next.sort_by_key(|n| (n.on, n.what));
    next.dedup_by_key(|n| (n.on, n.what));
    next
}

/// The soonest day of an open duty of some rules, from today on: a day that has passed says nothing of what comes.
fn due(space: &Space, of: impl Fn(&str) -> bool) -> Option<Date> {
    let open = space.duties.iter().filter(|d| d.state == State::Open && of(&d.rule));
    open.map(|d| d.due_on).filter(|on| *on >= space.today).min()
}
