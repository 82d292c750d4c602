//! Working out a due date.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use kinfold_guidance::{By, Cap, Due, Unit, WhenAt};

use crate::anchor::Span;
use crate::duty::Working;
use crate::view::View;

/// One occasion of a chain: what it is counted from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub from: Date,
    pub at: Option<Time>,
    /// The event counted from, if it is one.
    pub event: Option<u32>,
    pub ordinal: u16,
}

/// A due date with its figures.
#[derive(Debug, Clone)]
pub(crate) struct DueDate {
    pub due_on: Date,
    pub due_at: Option<Timestamp>,
    pub opens_on: Date,
    pub lapses_on: Option<Date>,
    pub before: bool,
    pub working: Working,
}

impl View<'_> {
    /// The due date by the first of these that applies. `anchor` is the duty's anchor, `start` its (stretch's) start.
    pub fn due<'d>(
        &self,
        list: impl Iterator<Item = (usize, &'d Due)>,
        step: &Step,
        anchor: &Span,
        start: Date,
    ) -> Option<DueDate> {
        for (alternative, due) in list {
            let asked = due.when.as_ref();
            if let Some(when) = asked
                && when.at == WhenAt::Start
                && !self.holds(&when.condition, step.from, start)
            {
                continue;
            }
            let found = self.uncapped(due, step, anchor);
            if let (Some(when), Some((date, _))) = (asked, found)
                && when.at == WhenAt::Due
                && !self.holds(&when.condition, date, start)
            {
                continue;
            }
            let (uncapped, at) = found?;
            return Some(self.finish(due, alternative, uncapped, at, step));
        }
        None
    }

    fn uncapped(&self, due: &Due, step: &Step, anchor: &Span) -> Option<(Date, Option<Timestamp>)> {
        match &due.by {
            By::Within { period, inclusive } => {
                if period.unit == Unit::Hours
                    && let Some(at) = step.at
                {
                    let start = self.rules.zone.to_zoned(step.from.to_datetime(at)).ok()?;
                    let end = start.timestamp().checked_add(i64::from(period.count).hours()).ok()?;
                    let day = self.rules.zone.to_datetime(end).date();
                    return Some((day, Some(end)));
                }
                Some((self.rules.add(step.from, *period, *inclusive), None))
            }
            By::Start => Some((step.from, None)),
            By::AnchorEnd => anchor.last_day.map(|day| (day, None)),
            By::Birthday(age) => self.t.birthday(*age).map(|day| (day, None)),
            By::Field(name) => {
                let event = step.event.or_else(|| {
                    let entry = anchor.entry?;
                    (0u32..).zip(self.events).find(|(_, h)| h.entry == entry).map(|(i, _)| i)
                })?;
                let date = self.event(event)?.value(name)?.parse().ok()?;
                Some((date, None))
            }
        }
    }

    fn finish(
        &self,
        due: &Due,
        alternative: usize,
        uncapped: Date,
        at: Option<Timestamp>,
        step: &Step,
    ) -> DueDate {
        let (mut due_on, mut cap) = (uncapped, None);
        for (i, c) in (0u8..).zip(&due.caps) {
            let day = match c {
                Cap::Event(filter) => self
                    .fitting(filter)
                    .map(|(_, h)| h.on)
                    .find(|on| *on > step.from)
                    .filter(|on| *on < due_on),
                Cap::Birthday(age) => self.t.birthday(*age).filter(|b| *b >= step.from && *b < due_on),
            };
            if let Some(day) = day {
                (due_on, cap) = (day, Some(i));
            }
        }
        let opens_on = match due.opens {
            None => step.from,
            Some(p) => self.rules.back(due_on, p).max(step.from),
        };
        DueDate {
            due_on,
            due_at: at.filter(|_| cap.is_none()),
            // A date that lies before the start (an order that had already run out) is asked for at once.
            opens_on: opens_on.min(due_on.max(step.from)),
            lapses_on: due.lapses.map(|p| self.rules.add(due_on, p, false)),
            before: due.before,
            working: Working {
                from: step.from,
                from_at: at.and(step.at),
                from_event: step.event.and_then(|i| self.event(i)).map(|h| h.kind),
                ordinal: step.ordinal,
                alternative: u8::try_from(alternative).unwrap_or(u8::MAX),
                uncapped,
                cap,
            },
        }
    }
}
