//! The next day on which a child's duties change with nobody doing anything.
//!
//! It may be earlier than need be, never later: a day too early costs one recomputation, a day too late a wrong board.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_guidance::{Condition, Since};
use kinfold_record::Subject;

use crate::duty::Duty;
use crate::view::View;

pub(crate) fn next_change(view: &View<'_>, open: &[Duty]) -> Option<Date> {
    let mut next: Option<Date> = None;
    let mut consider = |day: Date| {
        if day > view.on && next.is_none_or(|n| day < n) {
            next = Some(day);
        }
    };
    let t = view.t;
    // Recorded facts that lie ahead.
    if let Some(h) = t.happenings.get(view.events.len()) {
        consider(h.on);
    }
    let ends = t.care.iter().flat_map(|p| [Some(p.start), p.end]);
    let ends = ends.chain(t.statuses.iter().flat_map(|s| [Some(s.start), s.end]));
    let ends = ends.chain(t.placements.iter().flat_map(|p| [Some(p.start), p.end]));
    let ends = ends.chain(t.missing.iter().flat_map(|m| [Some(m.start), m.end]));
    let ends = ends.chain(t.spells.iter().flat_map(|s| [Some(s.start), s.end]));
    ends.flatten().chain(t.died).for_each(&mut consider);
    for duty in open {
        consider(duty.opens_on);
        if let Some(day) = duty.lapses_on {
            consider(day);
        }
        // The day after a hand-off was expected, the duty is stuck there.
        let waiting = duty.waiting_for().and_then(|i| duty.handoffs.get(i)).and_then(|h| h.expected_on);
        if let Some(day) = waiting {
            consider(day.saturating_add(1.day()));
        }
    }
    if t.subject == Subject::Child && view.died.is_none() {
        // The ages are sorted, so the first birthday ahead is enough.
        if let Some(day) = view.rules.ages.iter().filter_map(|age| t.birthday(*age)).find(|b| *b > view.on) {
            consider(day);
        }
        if let Some(day) = view.categories.next {
            consider(day);
        }
        for s in &view.categories.spells {
            // Six months at home end the time as a relevant child.
            consider(kinfold_record::calendar::add_months(s.start, 6));
        }
    }
    if view.placement_at(view.on).is_some()
        && let Some(start) = view.since(Since::Stay, view.on)
    {
        view.rules.placement_for.iter().for_each(|p| consider(view.rules.add(start, *p, false)));
    }
    if let Some(care) = view.care_on(view.on) {
        view.rules.care_for.iter().for_each(|p| consider(view.rules.add(care.start, *p, false)));
    }
    // A term starts a duty for a child in care, and ends the one of the term before for any child.
    let owed_a_term = || open.iter().any(|d| d.occurrence.entry.is_none());
    if view.rules.uses_terms && (view.care_on(view.on).is_some() || owed_a_term()) {
        let terms = &view.rules.terms;
        if let Some(term) = terms.get(terms.partition_point(|term| term.from <= view.on)) {
            consider(term.from);
        }
    }
    for (filter, period) in &view.rules.in_last {
        for (_, h) in view.fitting(filter) {
            consider(view.rules.add(h.on, *period, false));
        }
    }
    let counts = view.rules.days_used.iter().any(|c| match c {
        Condition::DaysUsed { legal_status, placement_type, .. } => {
            view.statuses.iter().any(|s| legal_status.contains(&s.code))
                || view.placements.iter().any(|p| placement_type.contains(&p.code))
        }
        _ => false,
    });
    if counts {
        consider(view.on.saturating_add(1.day()));
    }
    let versions = &view.rules.versions_change;
    if let Some(day) = versions.get(versions.partition_point(|d| *d <= view.on)) {
        consider(*day);
    }
    next
}
