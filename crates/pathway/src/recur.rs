//! Following one rule through one timeline: anchors, stretches, and the chain of occasions in each.

use jiff::civil::Date;
use kinfold_guidance::{Anchor, Ending, Rule, Since};
use kinfold_record::{EntryId, EventKind};
use smol_str::SmolStr;

use crate::anchor::Span;
use crate::due::{DueDate, Step};
use crate::duty::{Duty, EndReason, HandoffState, Occurrence, State};
use crate::rules::Version;
use crate::search::Search;
use crate::turns::Stretch;
use crate::view::View;

/// Space used again and again, so that working out duties allocates little.
#[derive(Default)]
pub(crate) struct Scratch {
    spans: Vec<Span>,
    days: Vec<Date>,
    stretches: Vec<Stretch>,
    found: Vec<u32>,
}

/// Where occasions go.
pub(crate) struct Sink<'o> {
    /// Every occasion, or only open ones and the latest closed one.
    pub all: bool,
    pub open: &'o mut Vec<Duty>,
    /// Where the open duties of the version that is followed begin.
    pub begun: usize,
    pub closed: Option<Duty>,
    pub every: Vec<Duty>,
}

impl Sink<'_> {
    /// Takes an occasion. `false` when it is there already: the chain of an earlier anchor has run into that of a
    /// later one, and goes on as that.
    fn put(&mut self, duty: Duty) -> bool {
        let same =
            |d: &Duty| d.occurrence == duty.occurrence && d.version == duty.version && d.rule == duty.rule;
        let there = match duty.state {
            _ if self.all => self.every.iter().rev().any(same),
            State::Open => self.open.iter().skip(self.begun).any(same),
            _ => self.closed.as_ref().is_some_and(same),
        };
        if there {
            return false;
        }
        if self.all {
            self.every.push(duty);
        } else if duty.state == State::Open {
            self.open.push(duty);
        } else if self
            .closed
            .as_ref()
            .is_none_or(|c| (c.working.from, c.due_on) <= (duty.working.from, duty.due_on))
        {
            self.closed = Some(duty);
        }
        true
    }

    /// Whether earlier anchors, all of them closed, can add nothing.
    fn full(&self) -> bool {
        !self.all && self.closed.is_some()
    }
}

/// One stretch of one anchor, with the rule that is followed through it.
struct Walk<'w, 'a> {
    view: &'w View<'a>,
    version: &'w Version,
    span: Span,
    stretch: Stretch,
    /// The next anchor's start, when it ends this one as missed.
    next: Option<Date>,
    /// Ids an excuse by hand may name.
    ids: [Option<&'w SmolStr>; 2],
}

/// What became of an occasion.
enum Outcome {
    Done(u32),
    Excused(u32),
    Not,
}

/// Follows a version of a rule; occasions go to the sink.
pub(crate) fn follow(view: &View<'_>, version: &Version, scratch: &mut Scratch, sink: &mut Sink<'_>) {
    let rule = &version.rule;
    let starts = &rule.starts;
    sink.begun = sink.open.len();
    let mut spans = std::mem::take(&mut scratch.spans);
    view.anchors(starts, &mut spans);
    let ids = [Some(&rule.id), rule.supersedes.as_ref().map(|s| &s.rule)];
    let term = starts.on == Anchor::SchoolTerm;
    let latest_only = starts.latest_only || term;
    let mut next = None;
    for span in spans.iter().rev() {
        let mut span = *span;
        if starts.ending != Ending::Outlives && !started_by_death(view, &span) {
            span.end = match (span.end, view.died) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        let started = span.start;
        let asked_for = asked(view, rule, &span);
        if asked_for && span.end.is_none_or(|end| end > span.start) {
            let within = match span.last_day {
                // A term starts for the child on its first day in care within the term, not in the holidays after.
                Some(last) => Stretch { start: span.start, end: last.tomorrow().ok() },
                None => Stretch { start: span.start, end: span.end },
            };
            let mut stretches = std::mem::take(&mut scratch.stretches);
            // What an event starts is owed from that day on, or not at all.
            let beginning = matches!(starts.on, Anchor::Event(_));
            view.stretches(starts.while_.as_ref(), within, beginning, &mut scratch.days, &mut stretches);
            for stretch in stretches.iter().rev() {
                let mut stretch = *stretch;
                if span.last_day.is_some() && stretch.end == within.end {
                    stretch.end = span.end;
                }
                let next = if latest_only { next } else { None };
                Walk { view, version, span, stretch, next, ids }.chain(sink, &mut scratch.found);
            }
            scratch.stretches = stretches;
        }
        // Only an anchor that asks for something of its own takes the place of the one before.
        if asked_for {
            next = Some(started);
        }
        let earlier_closed = latest_only
            || version.self_recurring
            || (starts.ending != Ending::Outlives
                && matches!(
                    starts.on,
                    Anchor::CarePeriod(_) | Anchor::Placement(_) | Anchor::Stay(_) | Anchor::LegalStatus(..)
                )
                && span.end.is_some());
        if earlier_closed && sink.full() {
            break;
        }
    }
    scratch.spans = spans;
}

fn started_by_death(view: &View<'_>, span: &Span) -> bool {
    span.event.and_then(|i| view.event(i)).is_some_and(|h| h.kind == EventKind::Died)
}

/// `when` and `unless`, on the start day or the day before.
fn asked(view: &View<'_>, rule: &Rule, span: &Span) -> bool {
    let starts = &rule.starts;
    let day = if starts.day_before { span.start.yesterday().unwrap_or(span.start) } else { span.start };
    starts.when.as_ref().is_none_or(|c| view.holds(c, day, span.start))
        && !starts.unless.as_ref().is_some_and(|c| view.holds(c, day, span.start))
}

impl Walk<'_, '_> {
    fn rule(&self) -> &Rule {
        &self.version.rule
    }

    /// The chain of occasions in this stretch.
    fn chain(&self, sink: &mut Sink<'_>, found: &mut Vec<u32>) {
        let starts = &self.rule().starts;
        let cut = self.stretch.start != self.span.start;
        let mut step = Step { from: self.stretch.start, at: None, event: None, ordinal: 0 };
        if !cut {
            step.at = self.span.at;
            step.event = self.span.event;
        }
        let mut key = Occurrence {
            entry: self.span.entry,
            on: (cut || self.span.entry.is_none()).then_some(self.stretch.start),
        };
        if let Some(since) = starts.continues_from
            && let Some(since) = self.since(since)
            && let Some(i) = self.view.last_before(&self.rule().met_by, since, self.stretch.start)
            && let Some(h) = self.view.event(i)
        {
            step = Step { from: h.on, at: h.at, event: Some(i), ordinal: 1 };
            key = Occurrence { entry: Some(h.entry), on: Some(self.stretch.start) };
        }
        if !sink.all {
            self.skip(&mut step, &mut key, found);
        }
        while let Some((next, next_key)) = self.occasion(&step, key, sink) {
            step = next;
            key = next_key;
        }
    }

    /// The beginning of the care, home or stay in which the stretch lies.
    fn since(&self, since: Since) -> Option<Date> {
        self.view.since(since, self.stretch.start)
    }

    /// Goes straight to the last occasion but one, when nothing before it can matter.
    fn skip(&self, step: &mut Step, key: &mut Occurrence, found: &mut Vec<u32>) {
        let view = self.view;
        if !self.version.endless || view.has_excuse(self.ids) || !self.rule().excused_by.is_empty() {
            return;
        }
        let plain = |m: &kinfold_guidance::MetBy| {
            m.every.is_none() && m.same.is_empty() && m.from_before == kinfold_guidance::LookBack::No
        };
        if !self.rule().met_by.iter().all(plain) {
            return;
        }
        let until = self.until();
        let counts = |i: u32, h: &kinfold_record::Happening| {
            step.event.map_or(h.on >= step.from, |e| i > e) && until.is_none_or(|until| h.on <= until)
        };
        found.clear();
        for m in &self.rule().met_by {
            found.extend(view.fitting_where(&m.filter, counts).map(|(i, _)| i));
        }
        if self.rule().met_by.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
        if let [.., i, _] = found.as_slice()
            && let Some(h) = view.event(*i)
        {
            let count = u16::try_from(found.len() - 1).unwrap_or(u16::MAX);
            *step =
                Step { from: h.on, at: h.at, event: Some(*i), ordinal: step.ordinal.saturating_add(count) };
            *key = Occurrence { entry: Some(h.entry), on: None };
        }
    }

    /// The last day on which an event still counts.
    fn until(&self) -> Option<Date> {
        let end = match self.rule().starts.ending {
            Ending::Outlives => None,
            Ending::Ends | Ending::Meets => self.stretch.end,
        };
        let next = self.next.and_then(|n| n.yesterday().ok());
        match (end, next) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    fn outcome(&self, step: &Step, key: Occurrence, before: bool) -> Outcome {
        let rule = self.rule();
        let first = step.ordinal == 0;
        let search = Search {
            from: step.from,
            after: step.event,
            start_event: if first { step.event.or_else(|| self.start_event()) } else { step.event },
            until: self.until(),
            before,
            first,
        };
        let met = self.view.find(&rule.met_by, &search);
        let excused = self.view.find(&rule.excused_by, &search);
        let by_hand = self.view.excused_by_hand(self.ids, key);
        let excused = match (excused, by_hand) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (met, excused) {
            (Some(m), Some(e)) if e < m => Outcome::Excused(e),
            (Some(m), _) => Outcome::Done(m),
            (None, Some(e)) => Outcome::Excused(e),
            (None, None) => Outcome::Not,
        }
    }

    /// The event that the anchor's entry became, when a rule compares with it.
    fn start_event(&self) -> Option<u32> {
        if self.rule().met_by.iter().all(|m| m.same.is_empty()) {
            return None;
        }
        let entry = self.span.entry?;
        (0u32..).zip(self.view.events).find(|(_, h)| h.entry == entry).map(|(i, _)| i)
    }

    /// One occasion: puts its duty, and says from what the next is counted, if there is one.
    fn occasion(&self, step: &Step, key: Occurrence, sink: &mut Sink<'_>) -> Option<(Step, Occurrence)> {
        let rule = self.rule();
        let due = if step.ordinal == 0 {
            self.view.due(rule.due.iter().enumerate(), step, &self.span, self.stretch.start)?
        } else {
            let left = rule.then.iter().enumerate().filter(|(i, _)| self.has_times_left(*i, step.ordinal));
            self.view.due(left.map(|(i, t)| (i, &t.due)), step, &self.span, self.stretch.start)?
        };
        let outcome = self.outcome(step, key, due.before);
        let (state, next) = match outcome {
            Outcome::Done(i) => (self.met(i, &due)?, Some(i)),
            Outcome::Excused(i) => (self.excused(i)?, Some(i)),
            Outcome::Not => (self.unmet(&due), None),
        };
        if self.version.from <= step.from && self.version.to.is_none_or(|to| step.from < to) {
            let new = sink.put(self.duty(step, key, due, state));
            if !new {
                return None;
            }
        }
        if rule.then.is_empty() {
            return None;
        }
        let h = self.view.event(next?)?;
        // Done before it had to be: the next occasion is counted from that day all the same, but within the stretch.
        if self.stretch.end.is_some_and(|end| h.on >= end) {
            return None;
        }
        let next = Step { from: h.on, at: h.at, event: next, ordinal: step.ordinal.saturating_add(1) };
        Some((next, Occurrence { entry: Some(h.entry), on: None }))
    }

    fn has_times_left(&self, at: usize, ordinal: u16) -> bool {
        let mut used = 0u16;
        for (i, then) in self.rule().then.iter().enumerate() {
            if i == at {
                return then.times.is_none_or(|times| ordinal <= used.saturating_add(times));
            }
            used = used.saturating_add(then.times.unwrap_or(0));
        }
        false
    }

    fn met(&self, i: u32, due: &DueDate) -> Option<State> {
        let h = self.view.event(i)?;
        let mut days_late = days_between(due.due_on, h.on).max(0);
        if days_late == 0
            && let (Some(due_at), Some(time)) = (due.due_at, self.view.time_of(i))
            && let Ok(done) = self.view.rules.zone.to_zoned(h.on.to_datetime(time))
            && done.timestamp() > due_at
        {
            // Hours late on the last day still is late.
            days_late = 1;
        }
        Some(State::Met { on: h.on, entry: Some(h.entry), days_late })
    }

    fn excused(&self, i: u32) -> Option<State> {
        let h = self.view.event(i)?;
        let reason = match h.kind {
            EventKind::DutyExcused => h.value("reason").map(SmolStr::new).unwrap_or_default(),
            kind => SmolStr::new_static(kind.as_str()),
        };
        Some(State::Excused { on: h.on, reason, entry: h.entry })
    }

    fn unmet(&self, due: &DueDate) -> State {
        let ending = self.rule().starts.ending;
        let end = self.stretch.end.filter(|_| ending != Ending::Outlives);
        let lapse = due.lapses_on.filter(|on| *on <= self.view.on);
        let Some(on) = [end, self.next, lapse].into_iter().flatten().min() else { return State::Open };
        // What falls on the same day: the end of what it belongs to is the plainest reason, then the next occasion.
        if end == Some(on) {
            return match ending {
                Ending::Meets => {
                    let days_late = days_between(due.due_on, on).max(0);
                    State::Met { on, entry: self.ended_by(on), days_late }
                }
                Ending::Ends | Ending::Outlives => State::Ended { on, reason: self.why_ended(on) },
            };
        }
        let reason = if self.next == Some(on) { EndReason::Missed } else { EndReason::Lapsed };
        State::Ended { on, reason }
    }

    /// The entry that ended the anchor, when one did.
    fn ended_by(&self, on: Date) -> Option<EntryId> {
        self.view
            .events
            .iter()
            .filter(|h| h.on == on)
            .find(|h| {
                matches!(
                    h.kind,
                    EventKind::CareCeased
                        | EventKind::PlacementStarted
                        | EventKind::PlacementEnded
                        | EventKind::PlacementTermsChanged
                        | EventKind::LegalStatusChanged
                        | EventKind::Found
                        | EventKind::ProceedingsEnded
                        | EventKind::LibertyOrderEnded
                        | EventKind::AdoptionDecisionReversed
                        | EventKind::RestrictionLifted
                        | EventKind::LeaverMoved
                )
            })
            .map(|h| h.entry)
    }

    /// What turned on the day a stretch ended: the plainest reason first.
    fn why_ended(&self, on: Date) -> EndReason {
        let view = self.view;
        if view.died == Some(on) {
            return EndReason::Died;
        }
        if self.span.last_day.is_some() && self.span.end == Some(on) {
            return EndReason::Missed;
        }
        let age = view
            .t
            .born
            .map(|born| i32::from(on.year() - born.year()))
            .filter(|n| view.t.birthday(*n) == Some(on));
        let ceased = view.care.iter().any(|p| p.end == Some(on));
        match age {
            Some(18) => return EndReason::Turned(18),
            Some(age) if !ceased => return EndReason::Turned(u8::try_from(age).unwrap_or(u8::MAX)),
            _ => {}
        }
        if ceased {
            EndReason::CareCeased
        } else if view.placements.iter().any(|p| p.start == on || p.end == Some(on)) {
            EndReason::MovedHome
        } else if view.statuses.iter().any(|s| s.start == on || s.end == Some(on)) {
            EndReason::LegalStatusChanged
        } else if view.categories.spells.iter().any(|s| s.start == on || s.end == Some(on)) {
            EndReason::CategoryChanged
        } else {
            EndReason::NoLongerHolds
        }
    }

    fn duty(&self, step: &Step, occurrence: Occurrence, due: DueDate, state: State) -> Duty {
        let rule = self.rule();
        let handoffs = rule.handoffs.iter().map(|h| {
            let search = Search {
                from: step.from,
                after: None,
                start_event: step.event,
                until: None,
                before: due.before,
                first: true,
            };
            let found = self.view.find(&h.done_by, &search).and_then(|i| self.view.event(i));
            HandoffState {
                done: found.map(|h| (h.on, h.entry)),
                expected_on: match (h.within, h.before_due) {
                    (Some(p), _) => Some(self.view.rules.add(step.from, p, false)),
                    (None, Some(p)) => Some(self.view.rules.back(due.due_on, p).max(step.from)),
                    (None, None) => None,
                },
            }
        });
        Duty {
            handoffs: handoffs.collect(),
            rule: rule.id.clone(),
            version: rule.version,
            occurrence,
            opens_on: due.opens_on,
            due_on: due.due_on,
            due_at: due.due_at,
            lapses_on: due.lapses_on,
            state,
            working: due.working,
        }
    }
}

/// Calendar days from `a` to `b`; negative when `b` is before `a`.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    i32::try_from(b.duration_since(a).as_hours() / 24).unwrap_or(i32::MAX)
}
