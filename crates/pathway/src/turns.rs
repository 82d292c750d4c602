//! The days on which a condition may change, and the stretches in which it holds.

use jiff::civil::Date;
use kinfold_guidance::{Condition, Regime, Since, Window};

use crate::view::View;

/// A half-open stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub start: Date,
    pub end: Option<Date>,
}

/// The days inside a stretch on which something may change.
struct Turns<'o> {
    out: &'o mut Vec<Date>,
    after: Date,
    before: Option<Date>,
    on: Date,
    /// Spells of which every turn is among the days already.
    done: Done,
}

#[derive(Default)]
struct Done {
    care: bool,
    statuses: bool,
    homes: bool,
}

impl Turns<'_> {
    fn push(&mut self, day: Date) {
        if self.after < day && day <= self.on && self.before.is_none_or(|b| day < b) {
            self.out.push(day);
        }
    }

    fn spell(&mut self, start: Date, end: Option<Date>) {
        self.push(start);
        if let Some(end) = end {
            self.push(end);
        }
    }
}

impl View<'_> {
    fn turns(&self, condition: &Condition, turns: &mut Turns<'_>) {
        if self.never(condition) {
            return;
        }
        match condition {
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| self.turns(c, turns)),
            Condition::Not(inner) => self.turns(inner, turns),
            Condition::LookedAfter(_) => self.care_turns(turns),
            Condition::Regime(_) => {
                self.care_turns(turns);
                if self.short_breaks {
                    self.status_turns(turns);
                    self.home_turns(turns);
                }
            }
            Condition::Age { from, under } => {
                for age in from.iter().chain(under) {
                    if let Some(birthday) = self.t.birthday(*age) {
                        turns.push(birthday);
                    }
                }
            }
            Condition::LegalStatus(_) => self.status_turns(turns),
            Condition::PlacementType(_)
            | Condition::HomeType(_)
            | Condition::Basis(_)
            | Condition::Location(_)
            | Condition::Placed(_)
            | Condition::Planned(_) => self.home_turns(turns),
            Condition::PlacementFor(p) => {
                self.home_turns(turns);
                for (start, ..) in self.homes.each(self.placements, true) {
                    turns.push(self.rules.add(start, *p, false));
                }
            }
            Condition::CareFor(p) => {
                self.care_turns(turns);
                for period in self.care {
                    turns.push(self.rules.add(period.start, *p, false));
                }
            }
            Condition::Spell(kinds) => {
                for s in self.spells.iter().filter(|s| kinds.contains(&s.kind)) {
                    turns.spell(s.start, s.end);
                }
            }
            Condition::Category(list) => {
                for s in self.categories.spells.iter().filter(|s| list.contains(&s.category)) {
                    turns.spell(s.start, s.end);
                }
            }
            Condition::Remand(_) => {
                self.status_turns(turns);
                self.home_turns(turns);
            }
            Condition::Missing(_) => {
                for m in self.missing {
                    turns.spell(m.start, m.end);
                }
            }
            Condition::Happened { events, window, before } => {
                match window {
                    Window::Since(Since::CarePeriod) => self.care_turns(turns),
                    Window::Since(Since::Placement | Since::Stay) => self.home_turns(turns),
                    _ => {}
                }
                for filter in events {
                    for (_, h) in self.fitting(filter) {
                        turns.push(if *before { h.on.tomorrow().unwrap_or(h.on) } else { h.on });
                        if let Window::InLast(p) = window {
                            turns.push(self.rules.add(h.on, *p, false));
                        }
                    }
                }
            }
            Condition::DaysUsed { legal_status, placement_type, within, .. } => {
                let homes = self.placements.iter().filter(|p| placement_type.contains(&p.code));
                let legal = self.statuses.iter().filter(|s| legal_status.contains(&s.code));
                let spells = homes.map(|p| (p.start, p.end)).chain(legal.map(|s| (s.start, s.end)));
                // Any day in such a spell may be the one too many, and any day so long after it the one that frees.
                for (start, end) in spells {
                    let mut day = start;
                    while day <= self.on && end.is_none_or(|end| day <= end) {
                        turns.push(day);
                        turns.push(self.rules.add(day, *within, false));
                        let Ok(next) = day.tomorrow() else { break };
                        day = next;
                    }
                }
            }
        }
    }

    fn care_turns(&self, turns: &mut Turns<'_>) {
        if std::mem::replace(&mut turns.done.care, true) {
            return;
        }
        for p in self.care {
            turns.spell(p.start, p.end);
        }
    }

    fn status_turns(&self, turns: &mut Turns<'_>) {
        if std::mem::replace(&mut turns.done.statuses, true) {
            return;
        }
        for s in self.statuses {
            turns.spell(s.start, s.end);
        }
    }

    fn home_turns(&self, turns: &mut Turns<'_>) {
        if std::mem::replace(&mut turns.done.homes, true) {
            return;
        }
        for p in self.placements {
            for terms in &p.changes {
                turns.push(terms.from);
            }
            turns.spell(p.start, p.end);
        }
    }

    /// Whether a condition says no more than that the child is looked after, for this child.
    fn follows_care(&self, condition: &Condition) -> bool {
        match condition {
            Condition::LookedAfter(true) => true,
            Condition::Regime(Regime::Full) => !self.short_breaks,
            _ => false,
        }
    }

    /// The stretches of `within` in which the condition holds, oldest first; or only the one with which it begins, when
    /// nothing else matters. `days` is scratch space.
    pub fn stretches(
        &self,
        condition: Option<&Condition>,
        within: Stretch,
        beginning: bool,
        days: &mut Vec<Date>,
        out: &mut Vec<Stretch>,
    ) {
        out.clear();
        let Some(condition) = condition else {
            out.push(within);
            return;
        };
        if self.follows_care(condition) {
            // The commonest condition by far: the stretches are the periods of care themselves.
            for p in self.care {
                let start = p.start.max(within.start);
                let end = match (self.end(p.end), within.end) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                if end.is_none_or(|end| start < end) && (!beginning || start == within.start) {
                    out.push(Stretch { start, end });
                }
            }
            return;
        }
        let at_first = self.holds(condition, within.start, within.start);
        if beginning && !at_first {
            return;
        }
        days.clear();
        let mut turns =
            Turns { out: days, after: within.start, before: within.end, on: self.on, done: Done::default() };
        self.turns(condition, &mut turns);
        days.sort_unstable();
        days.dedup();
        let mut open = at_first.then_some(within.start);
        for day in days.iter() {
            let holds = self.holds(condition, *day, within.start);
            match (open, holds) {
                (Some(start), false) => {
                    out.push(Stretch { start, end: Some(*day) });
                    open = None;
                    if beginning {
                        return;
                    }
                }
                (None, true) => open = Some(*day),
                _ => {}
            }
        }
        if let Some(start) = open {
            out.push(Stretch { start, end: within.end });
        }
    }
}
