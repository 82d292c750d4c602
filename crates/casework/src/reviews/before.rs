//! Before the day: the child's words first, then what was promised since the last review and not kept.

use jiff::civil::Date;
use kinfold_pathway::{Duty, State};
use kinfold_record::{Entry, Event, EventKind, Timeline};

use super::facts::{ActionFact, ReviewFacts};
use crate::house::Book;

/// What whoever leads a review looks at before the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// Since when: the day of the last review, or of coming into care.
    pub since: Option<Date>,
    /// What the child said since then, newest first: the day, what it was said about, and the words.
    pub words: Vec<(Date, &'static str, String)>,
    /// Actions whose day has passed without an answer.
    pub late: Vec<ActionFact>,
    /// Actions that were answered with something else than done.
    pub not_done: Vec<ActionFact>,
    /// Family time that did not take place: the day, the code of `family_time`, and why.
    pub missed: Vec<(Date, String, Option<String>)>,
    /// Needs somebody raised that nobody has answered: the day and what is needed.
    pub needs: Vec<(Date, String)>,
    /// Recommendations of the health plan that nobody has answered, whose day has passed: the day and the words.
    pub recommendations: Vec<(Date, String)>,
    /// Duties that are late: what is due, and since when.
    pub duties: Vec<(String, Date)>,
    /// Homes moved to since then.
    pub moves: Vec<Date>,
    /// How often the social worker has changed since then.
    pub workers: usize,
    /// How often the child went missing since then.
    pub missing: usize,
}

impl Before {
    /// Whether nothing has drifted.
    pub fn is_clear(&self) -> bool {
        self.late.is_empty()
            && self.not_done.is_empty()
            && self.missed.is_empty()
            && self.needs.is_empty()
            && self.recommendations.is_empty()
            && self.duties.is_empty()
            && self.moves.is_empty()
            && self.workers == 0
            && self.missing == 0
    }

    /// From what the reader may read: entries that stand, the redacted timeline, the duties they may know of.
    pub(super) fn of(
        entries: &[&Entry],
        facts: &ReviewFacts,
        timeline: &Timeline,
        duties: &[Duty],
        book: &Book,
        today: Date,
    ) -> Self {
        let since = facts.last_held(today).map(|h| h.on).or_else(|| timeline.care_on(today).map(|p| p.start));
        let after = |on: Date| since.is_none_or(|since| on > since);
        let mut before = Self { since, ..Self::default() };
        for entry in entries.iter().filter(|e| after(e.happened_on)) {
            before.words_of(entry);
            if let Event::FamilyTime { outcome, text, .. } = &entry.event
                && outcome.starts_with("missed")
            {
                before.missed.push((entry.happened_on, outcome.to_string(), text.clone()));
            }
        }
        before.words.sort_by_key(|(on, ..)| std::cmp::Reverse(*on));
        before.late = facts.actions.iter().filter(|a| a.is_late(today)).cloned().collect();
        let undone = |a: &&ActionFact| {
            a.answered.as_ref().is_some_and(|(on, outcome, _)| after(*on) && outcome != "done")
        };
        before.not_done = facts.actions.iter().filter(undone).cloned().collect();
        before.unanswered(entries, today);
        before.duties = duties
            .iter()
            .filter(|duty| matches!(duty.state, State::Open) && duty.due_on < today)
            // What stands above by its own words is not said twice.
            .filter(|duty| !duty.rule.starts_with("review.action_") && duty.rule != "need.answered")
            .filter_map(|duty| Some((book.rules.rule_of(duty)?.title.to_string(), duty.due_on)))
            .collect();
        let started =
            |p: &&kinfold_record::Placement| after(p.start) && p.continues.is_none() && p.start <= today;
        before.moves = timeline
            .placements
            .iter()
            .filter(started)
            .filter(|p| !p.is_temporary())
            .map(|p| p.start)
            .collect();
        before.workers = timeline
            .circle
            .iter()
            .filter(|m| m.role == "social_worker" && m.key_worker && after(m.start) && m.start <= today)
            .count();
        before.missing = timeline.missing.iter().filter(|m| after(m.start)).count();
        before
    }

    fn words_of(&mut self, entry: &Entry) {
        let said = match &entry.event {
            Event::Visit { child_words, .. } => child_words.as_ref().map(|w| ("On a visit", w)),
            Event::PlanMade { child_wishes, .. } => child_wishes.as_ref().map(|w| ("About the plan", w)),
            Event::HealthActionReviewed { child_words, .. } => {
                child_words.as_ref().map(|w| ("About health", w))
            }
            Event::ReturnInterview { text, .. } => text.as_ref().map(|w| ("After being missing", w)),
            Event::VoiceSaid { text, .. } => text.as_ref().map(|w| ("In their own space", w)),
            Event::ReviewWishes { topics: Some(topics), .. } => Some(("For this review", topics)),
            _ => None,
        };
        if let Some((about, words)) = said.filter(|(_, words)| !words.trim().is_empty()) {
            self.words.push((entry.happened_on, about, words.clone()));
        }
    }

    fn unanswered(&mut self, entries: &[&Entry], today: Date) {
        let same = |kind: EventKind, field: &str, value: &str, from: Date| {
            entries.iter().any(|e| {
                e.event.kind() == kind
                    && e.happened_on >= from
                    && kind.field(field).is_some_and(|at| {
                        e.event.facts().iter().any(|fact| fact.field == at && fact.value == value)
                    })
            })
        };
        for entry in entries {
            match &entry.event {
                Event::UnmetNeedRaised { need, text }
                    if !same(EventKind::UnmetNeedAnswered, "need", need, entry.happened_on) =>
                {
                    self.needs.push((entry.happened_on, text.clone()));
                }
                Event::HealthAction { action, text, by, .. }
                    if *by < today
                        && !same(EventKind::HealthActionAnswered, "action", action, entry.happened_on) =>
                {
                    self.recommendations.push((*by, text.clone()));
                }
                _ => {}
            }
        }
    }
}
