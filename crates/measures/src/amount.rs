//! Milestones of a period of care, and numbers of a child.

use jiff::civil::Date;
use kinfold_guidance::measure::{Amount, Milestone, Missing};

use crate::home;
use crate::span::{Span, days_between};
use crate::view::{View, fits};

impl View<'_> {
    /// The day on which a milestone was reached, if it was by the last day.
    pub(crate) fn reached(&self, milestone: &Milestone) -> Option<Date> {
        let care = self.care()?;
        let end = care.end.filter(|end| *end <= self.span.to);
        let window = Span { from: care.start, to: end.unwrap_or(self.span.to) };
        match milestone {
            Milestone::CareStarted => Some(care.start),
            Milestone::CareEnded => end,
            Milestone::LegalStatus(codes) => {
                let found = self.t.statuses.iter().filter(|s| codes.contains(&s.code));
                found.map(|s| s.start).find(|start| window.holds(*start))
            }
            Milestone::Placement { codes, came_home } => {
                let inside = self.t.placements.iter().filter(|p| window.holds(p.start));
                inside
                    .flat_map(|p| {
                        let changes = p.changes.iter().map(move |c| (p, c.from, &c.code));
                        std::iter::once((p, p.start, &p.code)).chain(changes)
                    })
                    .find(|(_, from, code)| *from <= window.to && codes.contains(code))
                    .map(
                        |(p, from, code)| {
                            if came_home.contains(code) { home::came_to(self.t, p) } else { from }
                        },
                    )
            }
            Milestone::Event(filter) => {
                self.happenings(window).iter().find(|h| fits(filter, h)).map(|h| h.on)
            }
        }
    }

    /// How many times missing ran on a day of the stretch.
    pub(crate) fn times_missing(&self, missing: &Missing) -> usize {
        let Some(window) = self.window(missing.within) else { return 0 };
        // On a single day it is asked whether they were missing when the day ended.
        let over = |end: Option<Date>| window.from == window.to && end.is_some_and(|end| end <= window.to);
        let found = self.t.missing.iter().filter(|m| {
            missing.categories.contains(&m.category) && window.meets(m.start, m.end) && !over(m.end)
        });
        found.count()
    }

    /// A number of the child; `None` when it has none.
    pub(crate) fn amount(&self, amount: &Amount) -> Option<i64> {
        match amount {
            Amount::Field { event, field, within } => {
                let there = self.happenings(self.window(*within)?);
                let last = there.iter().rev().find(|h| fits(event, h) && h.fact(*field).is_some())?;
                last.fact(*field)?.parse().ok()
            }
            Amount::Homes(within) => i64::try_from(home::count(self.t, self.window(*within)?)).ok(),
            Amount::Missing(missing) => i64::try_from(self.times_missing(missing)).ok(),
            Amount::Events { event, within } => {
                let there = self.happenings(self.window(*within)?);
                i64::try_from(there.iter().filter(|h| fits(event, h)).count()).ok()
            }
            Amount::Days { from, to, at_least } => {
                let days = days_between(self.reached(from)?, self.reached(to)?);
                Some(at_least.map_or(days, |least| days.max(least.into())))
            }
        }
    }
}
