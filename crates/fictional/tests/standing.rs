//! How the invented council stands under the national rules: like a council that works hard and is sometimes late.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::collections::HashSet;

use jiff::civil::{Date, date};
use kinfold_fictional::{Council, council};
use kinfold_guidance::Guidance;
use kinfold_pathway::{Duty, Rules, Standing, State, duties, history};
use kinfold_record::{Chronology, Event, Strand, Timeline};

const TODAY: Date = date(2026, 11, 23);

fn rules() -> Rules {
    Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")))
}

fn fold(child: &kinfold_fictional::InventedChild) -> Timeline {
    Timeline::fold(&Chronology::new(child.id, child.entries.clone()).unwrap(), None)
}

fn open_duties<'a>(council: &'a Council, rules: &'a Rules) -> impl Iterator<Item = Duty> + 'a {
    council.chronologies().flat_map(move |child| {
        let all = duties(&fold(child), rules, TODAY).duties;
        all.into_iter().filter(|d| d.state == State::Open)
    })
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

#[test]
fn some_of_what_is_open_is_late_and_nothing_was_forgotten_for_years() {
    let (rules, council) = (rules(), council(TODAY, 1, 300));
    let all: Vec<Duty> = open_duties(&council, &rules).collect();
    let late: Vec<&Duty> = all.iter().filter(|d| d.standing(TODAY, None) == Standing::Late).collect();
    let part = share(late.len(), all.len());
    assert!((0.03..=0.12).contains(&part), "{} of {} are late", late.len(), all.len());
    // About a third of a duty for each child: six for a social worker with eighteen.
    let each = share(late.len(), council.children.len());
    assert!((0.15..=0.55).contains(&each), "{each:.2} late duties for each child");
    let old = late.iter().filter(|d| (TODAY - d.due_on).get_days() > 540);
    let old: Vec<_> = old.map(|d| format!("{} since {}", d.rule, d.due_on)).collect();
    assert!(old.len() <= 3, "late for more than eighteen months: {old:?}");
    let kinds: HashSet<&str> = late.iter().map(|d| d.rule.as_str()).collect();
    assert!(kinds.len() >= 15, "only some kinds of duty are ever late: {kinds:?}");
}

#[test]
fn most_was_done_in_time() {
    let (rules, council) = (rules(), council(TODAY, 2, 150));
    let (mut met, mut late) = (0, 0);
    for child in &council.children {
        for duty in history(&fold(child), &rules, TODAY) {
            if let State::Met { days_late, .. } = duty.state {
                met += 1;
                late += usize::from(days_late > 0);
            }
        }
    }
    let part = share(met - late, met);
    assert!((0.78..=0.90).contains(&part), "{part:.3} of {met} were met in time");
}

#[test]
fn every_strand_of_a_childs_life_has_something_owed_and_the_main_ones_something_excused() {
    let (rules, council) = (rules(), council(TODAY, 1, 300));
    let (mut met, mut excused) = (HashSet::new(), HashSet::new());
    for child in council.chronologies() {
        for duty in history(&fold(child), &rules, TODAY) {
            let strand = rules.rule_of(&duty).unwrap().strand;
            match duty.state {
                State::Met { .. } => met.insert(strand),
                State::Excused { .. } => excused.insert(strand),
                _ => continue,
            };
        }
    }
    let without: Vec<_> =
        Strand::ALL.into_iter().filter(|s| *s != Strand::Identity && !met.contains(s)).collect();
    assert!(without.is_empty(), "nothing was ever met in {without:?}");
    for strand in [
        Strand::Home,
        Strand::Law,
        Strand::Care,
        Strand::School,
        Strand::Health,
        Strand::People,
        Strand::Safety,
    ] {
        assert!(excused.contains(&strand), "nothing was ever excused in {strand:?}");
    }
}

#[test]
fn every_excuse_names_an_occasion_that_was_owed() {
    let (rules, council) = (rules(), council(TODAY, 1, 300));
    let mut excuses = 0;
    for child in council.chronologies() {
        let timeline = fold(child);
        let owed: HashSet<(String, String)> = history(&timeline, &rules, TODAY)
            .into_iter()
            .map(|d| (d.rule.to_string(), d.occurrence.to_string()))
            .collect();
        for entry in &child.entries {
            let Event::DutyExcused { rule, occurrence, .. } = &entry.event else { continue };
            excuses += 1;
            let key = (rule.to_string(), occurrence.to_string());
            assert!(owed.contains(&key), "{}: {rule} {occurrence} was never owed", child.reference);
        }
    }
    assert!(excuses >= 20, "only {excuses} excuses");
}
