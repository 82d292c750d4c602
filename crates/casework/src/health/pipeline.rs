//! Where a duty is on its way: each hand-off with who holds it, since when and by when.

use jiff::civil::Date;
use kinfold_guidance::Rule;
use kinfold_pathway::{Duty, State};
use smol_str::SmolStr;

use crate::house::{Book, Casework};

/// One hand-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOff {
    /// Its name in the rule.
    pub step: SmolStr,
    /// What a person reads.
    pub title: String,
    /// The role that holds it.
    pub role: SmolStr,
    /// The title of that role.
    pub whose: SmolStr,
    /// The day it was done.
    pub done: Option<Date>,
    /// The day it is expected by.
    pub expected_on: Option<Date>,
    /// Since when it has been waited for, when it is the one waited for.
    pub waiting_since: Option<Date>,
    /// Whether it is waited for longer than expected.
    pub stuck: bool,
}

/// A duty with hand-offs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// The rule.
    pub rule: SmolStr,
    /// Which occasion.
    pub occurrence: String,
    /// What it is.
    pub title: SmolStr,
    /// The last day in time.
    pub due_on: Date,
    /// Whether it is still open.
    pub open: bool,
    /// Whether it is open and late.
    pub late: bool,
    /// The hand-offs, in order.
    pub steps: Vec<HandOff>,
}

impl Pipeline {
    /// The path of a duty on a day; `None` for a duty without hand-offs.
    pub(crate) fn of(duty: &Duty, rule: &Rule, on: Date) -> Option<Self> {
        if rule.handoffs.is_empty() {
            return None;
        }
        let waiting = duty.waiting_for();
        // The step before ended when its work was done, and the wait for the next began.
        let before =
            waiting.and_then(|i| duty.handoffs.get(..i)?.iter().filter_map(|h| h.done).map(|d| d.0).max());
        // Nobody waits for a step before the duty has come into view: a review is not waited for since the last one.
        let since = before.unwrap_or_else(|| duty.anchor_on()).max(duty.opens_on).min(on);
        let steps = rule.handoffs.iter().zip(&duty.handoffs).enumerate().map(|(i, (handoff, state))| {
            let here = waiting == Some(i);
            HandOff {
                step: handoff.step.clone(),
                title: handoff.title.clone(),
                role: handoff.owner.clone(),
                whose: Casework::role_title(&handoff.owner),
                done: state.done.map(|(day, _)| day),
                expected_on: state.expected_on,
                waiting_since: here.then_some(since),
                stuck: here && state.expected_on.is_some_and(|expected| expected < on),
            }
        });
        Some(Self {
            rule: duty.rule.clone(),
            occurrence: duty.occurrence.to_string(),
            title: rule.title.as_str().into(),
            due_on: duty.due_on,
            open: duty.state == State::Open,
            late: duty.state == State::Open && duty.due_on < on,
            steps: steps.collect(),
        })
    }

    /// The hand-off that is waited for.
    pub fn waiting(&self) -> Option<&HandOff> {
        self.steps.iter().find(|step| step.waiting_since.is_some())
    }
}

/// The paths of these duties that have hand-offs: open ones by due day, then the others.
pub(crate) fn pipelines(duties: &[Duty], book: &Book, on: Date) -> Vec<Pipeline> {
    let mut found: Vec<Pipeline> = duties
        .iter()
        .filter(|duty| duty.opens_on <= on)
        .filter_map(|duty| Pipeline::of(duty, book.rules.rule_of(duty)?, on))
        .collect();
    found.sort_by_key(|p| (!p.open, p.due_on));
    found
}
