//! Occasions that follow each other in a period of care, such as reviews, and whether each of the year was in time.

use jiff::civil::Date;
use kinfold_guidance::measure::InTime;
use kinfold_guidance::{Period, Unit};
use kinfold_record::calendar::CountFrom;

use crate::span::{Span, after};
use crate::view::{View, fits};

/// A first occasion on record that lies so much later than it was due is taken for a later one: the record does not go
/// back to the first.
const SURELY_NOT_FIRST: Period = Period { count: 12, unit: Unit::Months };

impl View<'_> {
    /// Whether every occasion that fell due in the year, or was still overdue when it began, was in time. A child who is
    /// not looked after has none, and so none that was late.
    pub(crate) fn in_time(&self, rule: &InTime) -> bool {
        let Some(care) = self.care() else { return true };
        let window = Span { from: care.start, to: self.span.to };
        let held = self.happenings(window).iter().filter(|h| rule.events.iter().any(|e| fits(e, h)));
        let mut days: Vec<Date> = held.map(|h| h.on).collect();
        days.dedup();
        let mut from = care.start;
        let mut nth = 0;
        for day in days {
            let due = self.due(rule, nth, from);
            let asked = self.span.holds(due) || due < self.span.from && day >= self.span.from;
            if asked && day > due {
                return false;
            }
            if nth == 0 && day > after(due, SURELY_NOT_FIRST) {
                nth = rule.intervals.len();
            }
            from = day;
            nth += 1;
        }
        let next = self.due(rule, nth, from);
        let until = care.end.filter(|end| *end <= self.span.to).unwrap_or(self.span.to);
        next > until
    }

    /// When the next occasion is due after one, the `nth` from 0; the last interval goes on.
    fn due(&self, rule: &InTime, nth: usize, from: Date) -> Date {
        match rule.intervals.get(nth).or(rule.intervals.last()) {
            Some(Period { count, unit: Unit::WorkingDays }) => {
                self.guidance.calendar.add_working_days_date(from, u32::from(*count), CountFrom::Exclusive)
            }
            Some(period) => after(from, *period),
            None => Date::MAX,
        }
    }
}
