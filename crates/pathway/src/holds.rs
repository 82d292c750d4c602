//! Whether a condition holds on a day.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_guidance::{Condition, EventFilter, Regime, Since, Window};
use kinfold_record::Happening;
use smol_str::SmolStr;

use crate::view::View;

impl View<'_> {
    /// Whether a condition holds on a day; `anchor` is the start of the duty it is asked for.
    pub fn holds(&self, condition: &Condition, day: Date, anchor: Date) -> bool {
        match condition {
            Condition::All(list) => list.iter().all(|c| self.holds(c, day, anchor)),
            Condition::Any(list) => list.iter().any(|c| self.holds(c, day, anchor)),
            Condition::Not(inner) => !self.holds(inner, day, anchor),
            Condition::LookedAfter(yes) => self.care_on(day).is_some() == *yes,
            Condition::Regime(Regime::Full) => self.care_on(day).is_some() && !self.short_break_on(day),
            Condition::Regime(Regime::ShortBreak) => self.short_break_on(day) && self.care_on(day).is_some(),
            Condition::Age { from, under } => {
                let reached = |age: &i32| self.t.birthday(*age).is_some_and(|b| b <= day);
                self.t.born.is_some()
                    && from.as_ref().is_none_or(reached)
                    && !under.as_ref().is_some_and(reached)
            }
            Condition::LegalStatus(codes) => self.status_on(day).is_some_and(|s| codes.contains(&s.code)),
            Condition::PlacementType(codes) => {
                self.placement_on(day).is_some_and(|p| codes.contains(p.code_on(day)))
            }
            Condition::HomeType(codes) => self.home_on(day).is_some_and(|p| codes.contains(p.code_on(day))),
            Condition::Basis(codes) => one_of(self.basis_on(day), codes),
            Condition::Location(codes) => {
                one_of(self.placement_on(day).and_then(|p| p.location.as_ref()), codes)
            }
            Condition::Placed(yes) => self.placement_on(day).is_some() == *yes,
            Condition::PlacementFor(p) => self.since(Since::Stay, day).is_some_and(|start| {
                self.placement_at(day).is_some() && self.rules.add(start, *p, false) <= day
            }),
            Condition::CareFor(p) => {
                self.care_on(day).is_some_and(|c| self.rules.add(c.start, *p, false) <= day)
            }
            Condition::Spell(kinds) => {
                self.spells.iter().any(|s| kinds.contains(&s.kind) && self.covers(s.start, s.end, day))
            }
            Condition::Category(list) => self
                .categories
                .spells
                .iter()
                .any(|s| list.contains(&s.category) && self.covers(s.start, s.end, day)),
            Condition::Remand(yes) => {
                let remanded = self.status_on(day).is_some_and(|s| s.code == "J1")
                    || self.placement_on(day).is_some_and(|p| p.basis_on(day).is_some_and(|b| b == "remand"));
                remanded == *yes
            }
            Condition::Missing(yes) => self.missing.iter().any(|m| self.covers(m.start, m.end, day)) == *yes,
            Condition::Planned(yes) => {
                self.placement_on(day).is_some_and(|p| p.planned == Some(true)) == *yes
            }
            Condition::Happened { events, window, before } => self
                .window_start(*window, day, anchor)
                .is_some_and(|from| self.happened(events, from, day, *before)),
            Condition::DaysUsed { legal_status, placement_type, from, within } => {
                let since = self.rules.back(day, *within);
                self.days_used(legal_status, placement_type, since, day) >= i32::from(*from)
            }
        }
    }

    fn window_start(&self, window: Window, day: Date, anchor: Date) -> Option<Date> {
        match window {
            Window::Since(Since::Ever) => Some(Date::MIN),
            Window::Since(Since::Anchor) => Some(anchor),
            Window::Since(since) => self.since(since, day),
            Window::InLast(p) => Some(self.rules.back(day, p).tomorrow().unwrap_or(day)),
        }
    }

    /// The basis on which the child lives in the home of a day.
    fn basis_on(&self, day: Date) -> Option<&SmolStr> {
        let own = self.placement_on(day).and_then(|p| p.basis_on(day));
        own.or_else(|| self.home_on(day).and_then(|p| p.basis_on(day)))
    }

    /// The start of the period of care, the home or the stay on a day. On the very day one ended, the one that ended.
    pub fn since(&self, since: Since, day: Date) -> Option<Date> {
        match since {
            Since::CarePeriod => self
                .care_on(day)
                .map(|c| c.start)
                .or_else(|| self.care.iter().rev().find(|c| c.end == Some(day)).map(|c| c.start)),
            Since::Placement | Since::Stay => {
                let at = self
                    .placement_at(day)
                    .or_else(|| self.placements.iter().rposition(|p| p.end == Some(day)))?;
                let first = self.homes.first(at, since == Since::Stay);
                self.placements.get(first).map(|p| p.start)
            }
            Since::Anchor | Since::Ever => Some(Date::MIN),
        }
    }

    fn happened(&self, events: &[EventFilter], from: Date, day: Date, before: bool) -> bool {
        events.iter().filter(|filter| self.any_fits(filter)).any(|filter| {
            let within = |_, h: &Happening| from <= h.on && if before { h.on < day } else { h.on <= day };
            self.fitting_where(filter, within).next().is_some()
        })
    }

    /// Days under these statuses or in these placements after `since`, up to and including `day`.
    fn days_used(&self, statuses: &[SmolStr], placements: &[SmolStr], since: Date, day: Date) -> i32 {
        let last = day.saturating_add(1.day());
        let first = since.saturating_add(1.day());
        let overlap = |start: Date, end: Option<Date>| {
            let (from, to) = (start.max(first), self.end(end).unwrap_or(last).min(last));
            if from < to { i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(0) } else { 0 }
        };
        let legal =
            self.statuses.iter().filter(|s| statuses.contains(&s.code)).map(|s| overlap(s.start, s.end));
        let homes =
            self.placements.iter().filter(|p| placements.contains(&p.code)).map(|p| overlap(p.start, p.end));
        legal.chain(homes).sum()
    }
}

fn one_of(value: Option<&SmolStr>, codes: &[SmolStr]) -> bool {
    value.is_some_and(|v| codes.contains(v))
}
