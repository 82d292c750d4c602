//! What the child is told: the plan and what people promised, the review, decisions with their reasons; and what the child
//! tells of themselves.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_record::{EntryId, Event};
use smol_str::SmolStr;

use super::space::{Next, NextThing, Space, next_things};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// The longest thing somebody says of themselves in one line, in characters.
const LONGEST_LINE: usize = 300;

/// A plan that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlan {
    /// Which: a code of `plan`.
    pub plan: SmolStr,
    /// When it was made.
    pub on: Date,
    /// What the child said they wanted.
    pub wanted: Option<String>,
}

/// Something somebody said they would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// What.
    pub text: String,
    /// Who: a code of `action_owner`.
    pub owner: SmolStr,
    /// Their name.
    pub person: Option<String>,
    /// By when.
    pub by: Date,
    /// What came of it: a code of `action_outcome`; `None` while it is open.
    pub outcome: Option<SmolStr>,
}

/// The review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReview {
    /// When the next one is, as far as it is known.
    pub next: Option<NextThing>,
    /// The day of the last one.
    pub last: Option<Date>,
    /// What was decided there, in the words of whoever wrote it.
    pub decided: Option<String>,
    /// Whether it is shown.
    pub shown: bool,
    /// The day it is.
    pub today: Date,
}

/// A decision about the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDecision {
    /// The day.
    pub on: Date,
    /// What it was about.
    pub subject: String,
    /// What the child wanted.
    pub wanted: Option<String>,
    /// What was decided.
    pub decided: String,
    /// Why.
    pub reason: Option<String>,
    /// Who told the child.
    pub told_by: Option<String>,
    /// When.
    pub told_on: Option<Date>,
}

/// Something the child wants known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnThing {
    /// The entry.
    pub entry: EntryId,
    /// In their own words.
    pub text: String,
    /// Since when.
    pub on: Date,
}

/// What the child wants known, by code of `about_me`.
pub type OwnThings = BTreeMap<SmolStr, Vec<OwnThing>>;

/// Newest last, as it stands.
fn in_order(space: &Space) -> Vec<&kinfold_record::Entry> {
    let mut entries: Vec<_> = space.everyday().collect();
    entries.sort_by_key(|e| (e.happened_on, e.recorded_at, e.id));
    entries
}

impl Casework {
    /// The plans, and what people said they would do; `None` when it is not shown yet.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_plan(&self, actor: &Actor) -> Result<Option<(Vec<OwnPlan>, Vec<Promise>)>> {
        let space = self.own_space(actor).await?;
        self.read_own(actor, space.child(), "plan").await?;
        if !space.shows("plan") {
            return Ok(None);
        }
        let mut plans: BTreeMap<SmolStr, OwnPlan> = BTreeMap::new();
        let mut promises: Vec<(SmolStr, Promise)> = Vec::new();
        for entry in in_order(&space) {
            match &entry.event {
                Event::PlanMade { plan, child_wishes, .. } => {
                    let one =
                        OwnPlan { plan: plan.clone(), on: entry.happened_on, wanted: child_wishes.clone() };
                    plans.insert(plan.clone(), one);
                }
                Event::ReviewAction { action, text, owner, by, person, .. } => promises.push((
                    action.clone(),
                    Promise {
                        text: text.clone(),
                        owner: owner.clone(),
                        person: person.clone(),
                        by: *by,
                        outcome: None,
                    },
                )),
                Event::ReviewActionMoved { action, owner, by, person, .. } => {
                    for (_, promise) in promises.iter_mut().filter(|(a, _)| a == action) {
                        promise.owner = owner.clone();
                        promise.by = *by;
                        promise.person = person.clone().or(promise.person.take());
                    }
                }
                Event::ReviewActionAnswered { action, outcome, .. } => {
                    for (_, promise) in promises.iter_mut().filter(|(a, _)| a == action) {
                        promise.outcome = Some(outcome.clone());
                    }
                }
                _ => {}
            }
        }
        let mut promises: Vec<Promise> = promises.into_iter().map(|(_, p)| p).collect();
        promises.sort_by_key(|p| (p.outcome.is_some(), p.by));
        let mut plans: Vec<OwnPlan> = plans.into_values().collect();
        plans.sort_by_key(|p| std::cmp::Reverse(p.on));
        Ok(Some((plans, promises)))
    }

    /// The review: the next, and what was decided last time.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_review(&self, actor: &Actor) -> Result<OwnReview> {
        let space = self.own_space(actor).await?;
        self.read_own(actor, space.child(), "review").await?;
        let shown = space.shows("review");
        let held = in_order(&space)
            .into_iter()
            .filter_map(|e| match &e.event {
                Event::ReviewHeld { text, .. } => Some((e.happened_on, text.clone())),
                _ => None,
            })
            .next_back()
            .filter(|_| shown);
        let next = next_things(&space).into_iter().find(|n| n.what == Next::Review).filter(|_| shown);
        Ok(OwnReview {
            next,
            last: held.as_ref().map(|(on, _)| *on),
            decided: held.and_then(|(_, text)| text),
            shown,
            today: space.today,
        })
    }

    /// Decisions about the child, newest first; `None` when they are not shown yet.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_decisions(&self, actor: &Actor) -> Result<Option<Vec<OwnDecision>>> {
        let space = self.own_space(actor).await?;
        self.read_own(actor, space.child(), "decisions").await?;
        if !space.shows("decisions") {
            return Ok(None);
        }
        let mut decisions: Vec<OwnDecision> = in_order(&space)
            .into_iter()
            .filter_map(|e| match &e.event {
                Event::DecisionMade { subject, decided, wanted, reason, told_by, told_on } => {
                    Some(OwnDecision {
                        on: e.happened_on,
                        subject: subject.clone(),
                        wanted: wanted.clone(),
                        decided: decided.clone(),
                        reason: reason.clone(),
                        told_by: told_by.clone(),
                        told_on: *told_on,
                    })
                }
                _ => None,
            })
            .collect();
        decisions.reverse();
        Ok(Some(decisions))
    }

    /// The child whose space this is, for the page of the health passport; `None` when health is not shown yet, or no
    /// passport was given yet.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_health(&self, actor: &Actor) -> Result<OwnHealth> {
        let space = self.own_space(actor).await?;
        self.read_own(actor, space.child(), "health").await?;
        let shown = space.shows("health");
        let mut issued = space.chronology.standing(None).into_iter();
        let passport = shown && issued.any(|e| matches!(e.event, Event::HealthPassportIssued { .. }));
        let next = next_things(&space)
            .into_iter()
            .filter(|n| shown && matches!(n.what, Next::HealthCheck | Next::Dentist))
            .collect();
        Ok(OwnHealth { child: space.child(), shown, passport, next })
    }

    /// What the child wants known of themselves.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_things(&self, actor: &Actor) -> Result<OwnThings> {
        let space = self.own_space(actor).await?;
        self.read_own(actor, space.child(), "things").await?;
        let mut things = OwnThings::new();
        for entry in in_order(&space) {
            if let Event::AboutMe { what, text } = &entry.event {
                let thing = OwnThing { entry: entry.id, text: text.clone(), on: entry.happened_on };
                things.entry(what.clone()).or_default().push(thing);
            }
        }
        Ok(things)
    }

    /// Adds something the child wants known of themselves.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space; [`Error::Invalid`] when nothing was written or chosen.
    pub async fn add_own_thing(&self, actor: &Actor, key: &str, what: &str, text: &str) -> Result<()> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("text", "Write what you want to add"));
        }
        if text.chars().count() > LONGEST_LINE {
            return Err(Error::invalid(
                "text",
                "This is too long. Write one thing, and add the next one after it",
            ));
        }
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(());
        }
        let known = self.book();
        let today = self.today();
        if !known.guidance.codes.list("about_me").is_some_and(|l| l.on(today).any(|c| c.code == what)) {
            return Err(Error::invalid("what", "Choose what kind of thing it is"));
        }
        let event = Event::AboutMe { what: SmolStr::new(what), text: text.to_owned() };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(today, event)]).await?;
        unit.keep_answer(key, actor.person().0, self.now(), "{}").await?;
        unit.commit().await?;
        Ok(())
    }

    /// Takes away something the child wrote of themselves. The record keeps that it was there.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there any more.
    pub async fn drop_own_thing(&self, actor: &Actor, entry: EntryId) -> Result<()> {
        let space = self.own_space(actor).await?;
        let theirs = space.everyday().any(|e| e.id == entry && matches!(e.event, Event::AboutMe { .. }));
        if !theirs {
            return Err(Error::Absent);
        }
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let event = Event::Withdrawn { reason: "The young person took it away.".to_owned() };
        let new = NewEntry { replaces: Some(entry), ..NewEntry::on(space.today, event) };
        self.append(&mut *unit, actor, &looked, vec![new]).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// What the page about health needs: the passport itself is drawn by its own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHealth {
    /// Whose.
    pub child: kinfold_record::ChildId,
    /// Whether health is shown.
    pub shown: bool,
    /// Whether there is a passport.
    pub passport: bool,
    /// Health checks to come.
    pub next: Vec<NextThing>,
}
