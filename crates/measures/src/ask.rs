//! Whether something is true of a child.

use jiff::civil::Date;
use kinfold_guidance::EventFilter;
use kinfold_guidance::measure::{Ask, InCare, Moment, WasLookedAfter, Within};

use crate::home;
use crate::span::{Span, after, days_between};
use crate::view::{View, fits, speaks};

impl View<'_> {
    /// Whether all of this holds.
    pub(crate) fn all(&self, asks: &[Ask]) -> bool {
        asks.iter().all(|ask| self.holds(ask))
    }

    fn holds(&self, ask: &Ask) -> bool {
        let (t, to) = (self.t, self.span.to);
        match ask {
            Ask::All(asks) => self.all(asks),
            Ask::Any(asks) => asks.iter().any(|ask| self.holds(ask)),
            Ask::Not(asks) => !self.all(asks),
            Ask::LookedAfter(when) => self.looked_after(*when),
            Ask::LookedAfterFor(period) => {
                t.care_on(to).is_some_and(|care| care.start <= Span::back(to, *period).from)
            }
            Ask::WasLookedAfter(terms) => self.was_looked_after(terms),
            Ask::Age { from, under, on } => self.day(*on).and_then(|day| t.age_on(day)).is_some_and(|age| {
                from.is_none_or(|from| age >= i32::from(from))
                    && under.is_none_or(|under| age < i32::from(under))
            }),
            Ask::LegalStatus(held) => self.window(held.within).is_some_and(|window| {
                t.statuses.iter().any(|s| held.codes.contains(&s.code) && runs(window, s.start, s.end))
            }),
            Ask::Placement(held) => self.window(held.within).is_some_and(|window| {
                let inside = t.placements.iter().filter(|p| runs(window, p.start, p.end));
                inside
                    .flat_map(|p| {
                        // Each kind of home holds from its own day to the next change.
                        let starts = std::iter::once((p.start, &p.code))
                            .chain(p.changes.iter().map(|c| (c.from, &c.code)));
                        let ends = p.changes.iter().map(|c| Some(c.from)).chain(std::iter::once(p.end));
                        starts.zip(ends)
                    })
                    .any(|((start, code), end)| held.codes.contains(code) && runs(window, start, end))
            }),
            Ask::Holds(kind) => t.holds(*kind, to),
            Ask::Died(died) => t.died.is_some_and(|day| day <= to) == *died,
            Ask::Happened { events, within, latest } => self.happened(events, *within, *latest),
            Ask::Homes { at_least, within } => {
                self.window(*within).is_some_and(|window| home::count(t, window) >= usize::from(*at_least))
            }
            Ask::SameHomeFor(period) => {
                home::since(t, to).is_some_and(|since| since <= Span::back(to, *period).from)
            }
            Ask::InTime(rule) => self.in_time(rule),
            Ask::Missing(missing) => self.times_missing(missing) > 0,
            Ask::CareEnded { reasons, within } => self.window(*within).is_some_and(|window| {
                t.care.iter().any(|care| {
                    care.end.is_some_and(|end| window.holds(end))
                        && care.end_reason.as_ref().is_some_and(|reason| reasons.contains(reason))
                })
            }),
            Ask::Reached(milestone) => self.reached(milestone).is_some(),
            Ask::Took { from, to: until, under } => self.reached(from).is_some_and(|start| {
                let reached = self.reached(until).unwrap_or(to);
                reached < after(start, *under)
            }),
        }
    }

    fn looked_after(&self, when: InCare) -> bool {
        let (t, span) = (self.t, self.span);
        match when {
            InCare::End => t.care_on(span.to).is_some(),
            InCare::Year => t.care.iter().any(|care| span.meets(care.start, care.end)),
            InCare::AllYear => t.care_on(span.to).is_some_and(|care| care.start <= span.from),
            InCare::Birthday => self.birthday().is_some_and(|day| t.care_on(day).is_some()),
        }
    }

    /// Days under the other legal statuses since one birthday, in one stretch or several; and one of them on or after
    /// another birthday.
    fn was_looked_after(&self, terms: &WasLookedAfter) -> bool {
        let birthday = |age: u16| self.t.birthday(i32::from(age));
        let Some((first, last)) = birthday(terms.from_age).zip(birthday(terms.until_age)) else {
            return false;
        };
        let after_all = self.span.to.tomorrow().unwrap_or(self.span.to);
        let mut days = 0;
        let mut late_enough = false;
        for s in self.t.statuses.iter().filter(|s| !terms.except.contains(&s.code)) {
            let (start, end) = (s.start.max(first), s.end.unwrap_or(after_all).min(after_all));
            if start < end {
                days += days_between(start, end);
                late_enough |= end > last;
            }
        }
        late_enough && days >= i64::from(terms.days)
    }

    fn day(&self, moment: Moment) -> Option<Date> {
        let to = self.span.to;
        match moment {
            Moment::End => Some(to),
            Moment::Start => Some(self.span.from),
            Moment::SchoolYear => {
                let year = if to.month() >= 9 { to.year() } else { to.year() - 1 };
                Date::new(year, 8, 31).ok()
            }
            Moment::Birthday => self.birthday(),
        }
    }

    fn happened(&self, events: &[EventFilter], within: Within, latest: bool) -> bool {
        let Some(window) = self.window(within) else { return false };
        let there = self.happenings(window);
        if latest {
            // The last that says something of what is asked: a contact without a word on work says nothing of work.
            let last = there.iter().rev().find(|h| events.iter().any(|e| speaks(e, h)));
            return last.is_some_and(|h| events.iter().any(|e| fits(e, h)));
        }
        there.iter().any(|h| events.iter().any(|e| fits(e, h)))
    }
}

/// Whether something half-open covers a day of a stretch.
fn runs(window: Span, start: Date, end: Option<Date>) -> bool {
    start <= window.to && end.is_none_or(|end| end > window.from && end > start)
}
