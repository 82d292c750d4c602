//! Guidance made ready for working out duties quickly.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kinfold_guidance::{
    Anchor, Cap, Condition, Due, EventFilter, Guidance, Period, Rule, Term, Test, Unit, Window,
};
use kinfold_record::calendar::{Calendar, CountFrom, add_days, add_months};

use crate::duty::Duty;
use crate::gate::{Gate, Gates};
use crate::matchers::Matchers;

/// A version of a rule, with what can be known about it beforehand.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub rule: Rule,
    /// First day on which it decides.
    pub from: Date,
    /// First day on which it no longer does.
    pub to: Option<Date>,
    /// Each event that starts it also meets the occasion before: then only the last two occasions can matter.
    pub self_recurring: bool,
    /// Some `[[then]]` always applies, so the chain never stops by itself.
    pub endless: bool,
}

/// Versions that take over from each other: of one rule, and of the local rule that supersedes it.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub versions: Vec<Version>,
}

/// Compiled guidance. Make it once with [`Rules::compile`] and share it.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) groups: Vec<Group>,
    pub(crate) matchers: Matchers,
    pub(crate) gates: Gates,
    /// (group, version) by id and version number, sorted.
    index: Vec<(smol_str::SmolStr, u16, usize, usize)>,
    pub(crate) calendar: Calendar,
    pub(crate) terms: Vec<Term>,
    pub(crate) zone: TimeZone,
    /// Ages at which some answer may change, sorted.
    pub(crate) ages: Vec<i32>,
    /// How long in a home, in care, or since an event changes some answer.
    pub(crate) placement_for: Vec<Period>,
    pub(crate) care_for: Vec<Period>,
    pub(crate) in_last: Vec<(EventFilter, Period)>,
    pub(crate) days_used: Vec<Condition>,
    pub(crate) uses_terms: bool,
    /// Days on which a version starts or stops deciding, sorted.
    pub(crate) versions_change: Vec<Date>,
}

impl Rules {
    /// Makes guidance ready.
    pub fn compile(guidance: &Guidance) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for rule in guidance.rules.iter().filter(|r| r.supersedes.is_none()) {
            let version = Version::new(rule);
            match groups.iter_mut().find(|g| g.versions.iter().any(|v| v.rule.id == rule.id)) {
                Some(group) => group.versions.push(version),
                None => groups.push(Group { versions: vec![version] }),
            }
        }
        for rule in &guidance.rules {
            let Some(supersedes) = &rule.supersedes else { continue };
            let version = Version::new(rule);
            match groups.iter_mut().find(|g| g.versions.iter().any(|v| v.rule.id == supersedes.rule)) {
                Some(group) => group.versions.push(version),
                None => groups.push(Group { versions: vec![version] }),
            }
        }
        for group in &mut groups {
            // A local rule from the same day takes over at once: it sorts after the national one.
            group.versions.sort_by_key(|v| (v.from, v.rule.supersedes.is_some(), v.rule.version));
            for i in 1..group.versions.len() {
                let next = group.versions.get(i).map(|v| v.from);
                if let (Some(earlier), Some(next)) = (group.versions.get_mut(i - 1), next) {
                    earlier.to = Some(earlier.to.map_or(next, |to| to.min(next)));
                }
            }
        }
        let mut rules = Self {
            groups,
            matchers: Matchers::default(),
            gates: Gates::default(),
            index: Vec::new(),
            calendar: guidance.calendar.clone(),
            terms: guidance.terms.clone(),
            // Great Britain's rule for summer time, so that no file of time zones is needed.
            zone: TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").unwrap_or(TimeZone::UTC),
            ages: vec![14, 16, 18, 21, 25],
            placement_for: Vec::new(),
            care_for: Vec::new(),
            in_last: Vec::new(),
            days_used: Vec::new(),
            uses_terms: false,
            versions_change: Vec::new(),
        };
        rules.give_bits();
        rules.collect();
        rules
    }

    /// Gives every filter of every rule its bit, and every version its gate.
    fn give_bits(&mut self) {
        let matchers = &mut self.matchers;
        for version in self.groups.iter_mut().flat_map(|g| &mut g.versions) {
            filters(&mut version.rule, &mut |filter| matchers.add(filter));
        }
        matchers.finish();
        for (g, group) in self.groups.iter().enumerate() {
            for (v, version) in group.versions.iter().enumerate().rev() {
                self.gates.add(&version.rule, version.from, g, v);
            }
        }
    }

    fn collect(&mut self) {
        let mut found = Found::default();
        for (g, group) in self.groups.iter().enumerate() {
            for (v, version) in group.versions.iter().enumerate() {
                self.index.push((version.rule.id.clone(), version.rule.version, g, v));
                self.versions_change.push(version.from);
                self.versions_change.extend(version.to);
                found.rule(&version.rule);
            }
        }
        self.index.sort();
        self.versions_change.sort();
        self.versions_change.dedup();
        self.ages.extend(found.ages);
        self.ages.sort_unstable();
        self.ages.dedup();
        found.placement_for.sort();
        found.placement_for.dedup();
        found.care_for.sort();
        found.care_for.dedup();
        self.placement_for = found.placement_for;
        self.care_for = found.care_for;
        self.in_last = found.in_last;
        self.days_used = found.days_used;
        self.uses_terms = found.terms;
    }

    /// The rule of a duty.
    pub fn rule_of(&self, duty: &Duty) -> Option<&Rule> {
        self.rule(&duty.rule, duty.version)
    }

    /// A version of a rule.
    pub fn rule(&self, id: &str, version: u16) -> Option<&Rule> {
        let at = self.index.binary_search_by(|(i, v, ..)| (i.as_str(), *v).cmp(&(id, version))).ok()?;
        let (_, _, group, version) = self.index.get(at)?;
        Some(&self.groups.get(*group)?.versions.get(*version)?.rule)
    }

    /// The version behind a gate.
    pub(crate) fn behind(&self, gate: &Gate) -> Option<&Version> {
        self.groups.get(gate.group)?.versions.get(gate.version)
    }

    /// Every version of every rule.
    pub fn all(&self) -> impl Iterator<Item = &Rule> {
        self.groups.iter().flat_map(|g| g.versions.iter().map(|v| &v.rule))
    }

    /// Who is told of a duty that stays open, and from which day: the day after `after` has passed since the due date.
    pub fn ladder(&self, duty: &Duty) -> Vec<(Date, smol_str::SmolStr)> {
        let Some(rule) = self.rule_of(duty) else { return Vec::new() };
        let day = |period| {
            let last = self.add(duty.due_on, period, false);
            last.tomorrow().unwrap_or(last)
        };
        rule.ladder.iter().map(|rung| (day(rung.after), rung.role.clone())).collect()
    }

    /// The bank holidays passed over between the day a duty is counted from and its due date.
    pub fn bank_holidays(&self, duty: &Duty) -> Vec<Date> {
        let w = &duty.working;
        let dues = self.rule_of(duty).map(|rule| {
            let at = usize::from(w.alternative);
            if w.ordinal == 0 { rule.due.get(at) } else { rule.then.get(at).map(|t| &t.due) }
        });
        let working = matches!(
            dues.flatten().map(|d| &d.by),
            Some(kinfold_guidance::By::Within { period, .. }) if period.unit == Unit::WorkingDays
        );
        let holidays = self.calendar.holidays.iter().map(|(day, _)| *day);
        holidays
            .filter(|day| working && *day >= w.from && *day <= w.uncapped)
            .filter(|day| {
                !matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
            })
            .collect()
    }

    /// Working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// England's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A day so long after another. Hours count as whole days, rounded up.
    pub fn add(&self, from: Date, period: Period, inclusive: bool) -> Date {
        let n = i32::from(period.count);
        let exclusive = match period.unit {
            Unit::WorkingDays => {
                let count = if inclusive { CountFrom::Inclusive } else { CountFrom::Exclusive };
                return self.calendar.add_working_days_date(from, u32::from(period.count), count);
            }
            Unit::Hours => add_days(from, i32::from(period.count.div_ceil(24))),
            Unit::Days => add_days(from, n),
            Unit::Weeks => add_days(from, 7 * n),
            Unit::Months => add_months(from, n),
            Unit::Years => add_months(from, 12 * n),
        };
        if inclusive && n > 0 { exclusive.yesterday().unwrap_or(exclusive) } else { exclusive }
    }

    /// A day so long before another.
    pub fn back(&self, from: Date, period: Period) -> Date {
        let n = i32::from(period.count);
        match period.unit {
            Unit::WorkingDays => {
                let mut left = n;
                let mut day = from;
                while left > 0 {
                    let Ok(before) = day.yesterday() else { break };
                    day = before;
                    left -= i32::from(self.calendar.is_working_day(day));
                }
                day
            }
            Unit::Hours => add_days(from, -i32::from(period.count.div_ceil(24))),
            Unit::Days => add_days(from, -n),
            Unit::Weeks => add_days(from, -7 * n),
            Unit::Months => add_months(from, -n),
            Unit::Years => add_months(from, -12 * n),
        }
    }
}

impl Version {
    fn new(rule: &Rule) -> Self {
        Self {
            self_recurring: self_recurring(rule),
            endless: rule.then.iter().any(|t| t.times.is_none() && t.due.when.is_none()),
            from: rule.effective_from,
            to: rule.effective_to,
            rule: rule.clone(),
        }
    }
}

fn self_recurring(rule: &Rule) -> bool {
    let Anchor::Event(starting) = &rule.starts.on else { return false };
    starting.iter().all(|start| {
        rule.met_by.iter().any(|m| {
            m.filter.event == start.event
                && m.same.is_empty()
                && m.every.is_none()
                && m.filter.tests.iter().all(|test| start.tests.iter().any(|given| implies(given, test)))
        })
    })
}

fn implies(given: &Test, test: &Test) -> bool {
    match (given, test) {
        (Test::Is(a, some), Test::Is(b, all)) => a == b && some.iter().all(|v| all.contains(v)),
        (Test::Is(a, _), Test::Some(b)) => a == b,
        (a, b) => a == b,
    }
}

/// What the conditions of all rules ask about.
#[derive(Default)]
struct Found {
    ages: Vec<i32>,
    placement_for: Vec<Period>,
    care_for: Vec<Period>,
    in_last: Vec<(EventFilter, Period)>,
    days_used: Vec<Condition>,
    terms: bool,
}

impl Found {
    fn rule(&mut self, rule: &Rule) {
        let starts = &rule.starts;
        match starts.on {
            Anchor::Birthday(age) => self.ages.push(age),
            Anchor::SchoolTerm => self.terms = true,
            _ => {}
        }
        for c in [&starts.when, &starts.unless, &starts.while_].into_iter().flatten() {
            self.condition(c);
        }
        for due in all_dues(rule) {
            if let Some(when) = &due.when {
                self.condition(&when.condition);
            }
        }
    }

    fn condition(&mut self, c: &Condition) {
        c.walk(&mut |c| match c {
            Condition::Age { from, under } => self.ages.extend(from.iter().chain(under)),
            Condition::PlacementFor(p) => self.placement_for.push(*p),
            Condition::CareFor(p) => self.care_for.push(*p),
            Condition::Happened { events, window: Window::InLast(p), .. } => {
                self.in_last.extend(events.iter().map(|e| (e.clone(), *p)));
            }
            Condition::DaysUsed { .. } => self.days_used.push(c.clone()),
            _ => {}
        });
    }
}

/// Every `[due]` and `[[then]]` of a rule.
pub(crate) fn all_dues(rule: &Rule) -> impl Iterator<Item = &Due> {
    rule.due.iter().chain(rule.then.iter().map(|t| &t.due))
}

/// Calls `visit` on every filter of events in a rule.
pub(crate) fn filters(rule: &mut Rule, visit: &mut impl FnMut(&mut EventFilter)) {
    let starts = &mut rule.starts;
    if let Anchor::Event(list) = &mut starts.on {
        list.iter_mut().for_each(&mut *visit);
    }
    starts.entry.iter_mut().for_each(&mut *visit);
    let mut conditions: Vec<&mut Condition> =
        [&mut starts.when, &mut starts.unless, &mut starts.while_].into_iter().flatten().collect();
    for due in rule.due.iter_mut().chain(rule.then.iter_mut().map(|t| &mut t.due)) {
        conditions.extend(due.when.as_mut().map(|when| &mut when.condition));
        for cap in &mut due.caps {
            if let Cap::Event(filter) = cap {
                visit(filter);
            }
        }
    }
    for condition in conditions {
        condition.walk_mut(&mut |c| {
            if let Condition::Happened { events, .. } = c {
                events.iter_mut().for_each(&mut *visit);
            }
        });
    }
    let steps = rule.handoffs.iter_mut().flat_map(|h| &mut h.done_by);
    rule.met_by.iter_mut().chain(&mut rule.excused_by).chain(steps).for_each(|m| visit(&mut m.filter));
}
