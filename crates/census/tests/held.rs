//! What the rules find in a return that is made from the record: what lies further back than last year's return counts, and
//! of a year that runs nothing is missed that is not due yet.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeSet;

use common::TODAY;
use common::made::held;
use common::told::{Told, care, ceased, home, status};
use jiff::civil::{Date, date};
use kinfold_census::check::{Returns, Supplied, check, check_on};
use kinfold_census::{ProduceOptions, at_entry, produce, produce_child};
use kinfold_record::{Chronology, Event};

/// The rules that find something in the return of 2025-26, with two years and with everything.
fn found(told: &Told) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let record = [told.chronology()];
    let made = |year| produce(&record, &ProduceOptions::new(year, TODAY)).year;
    let two = Returns::new(made(2026), Some(made(2025)), &Supplied::default());
    let codes = |returns: &Returns| {
        check(returns, &Supplied::default()).findings.iter().map(|finding| finding.rule.code).collect()
    };
    (codes(&two), codes(&held(&record, 2026)))
}

fn contact(in_touch: &str) -> Event {
    let home = (in_touch == "YES").then(|| "U1".into());
    Event::LeaverContact {
        in_touch: in_touch.into(),
        activity: home.as_ref().map(|_| "F1".into()),
        accommodation: home,
    }
}

#[test]
fn an_adoption_years_ago_is_not_forgotten() {
    let mut told = Told::born(date(2016, 5, 4));
    told.on(date(2017, 5, 4), care("E1"));
    told.on(date(2017, 5, 4), home("A3"));
    told.on(date(2018, 2, 1), ceased("E11"));
    told.on(date(2025, 6, 2), care("C2"));
    let before = told.chronology();
    told.on(date(2025, 6, 2), home("U6"));
    let (two, all) = found(&told);
    assert!(!two.contains("199") && all.contains("199"), "{two:?} {all:?}");

    // And somebody is told so on the day on which care starts again.
    let entries = before.entries();
    let earlier = Chronology::new(before.child, entries[..entries.len() - 1].to_vec()).expect("one child");
    let new = entries.last().expect("an entry").id;
    let said = at_entry(&earlier, &before, new, date(2025, 6, 3), &Supplied::default());
    assert!(said.iter().any(|finding| finding.rule.code == "199"), "{said:?}");
}

#[test]
fn who_was_said_to_have_died_years_ago_is_not_in_touch() {
    let mut told = Told::born(date(2005, 8, 10));
    told.imported(date(2020, 1, 10), care("C2"));
    told.imported(date(2020, 1, 10), home("U6"));
    told.imported(date(2022, 7, 10), ceased("E6"));
    told.imported(date(2023, 8, 10), contact("DIED"));
    told.imported(date(2024, 8, 10), contact("NO"));
    told.imported(date(2025, 8, 10), contact("YES"));
    let (two, all) = found(&told);
    assert!(!two.contains("348") && all.contains("348"), "{two:?} {all:?}");
}

/// The rules that find something in the return of 2026-27 on a day in it, asked on that day and as of 31 March.
fn while_it_runs(told: &Told, on: Date) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let made = |year| {
        let options = ProduceOptions::new(year, on);
        produce_child(&told.chronology(), &options).map(|_| produce(&[told.chronology()], &options).year)
    };
    let returns =
        Returns::new(made(2027).expect("a return of the year that runs"), made(2026), &Supplied::default());
    let codes = |report: kinfold_census::check::Report| report.findings.iter().map(|f| f.rule.code).collect();
    let supplied = Supplied::default();
    (codes(check_on(&returns, &supplied, on)), codes(check(&returns, &supplied)))
}

#[test]
fn what_is_not_due_until_the_year_ends_is_not_missed_while_it_runs() {
    // Eighteen in February; under police protection since yesterday; in a short break since last week.
    let mut grown = Told::born(date(2009, 2, 3));
    grown.on(date(2024, 2, 3), care("C2"));
    grown.on(date(2024, 2, 3), home("U6"));
    let mut protected = Told::born(date(2015, 2, 3));
    protected.on(date(2026, 11, 19), care("L1"));
    protected.on(date(2026, 11, 19), home("U6"));
    let mut resting = Told::born(date(2015, 2, 3));
    resting.on(date(2026, 11, 13), care("V3"));
    resting.on(date(2026, 11, 13), home("U6"));
    for (told, codes) in [(&grown, &["359"][..]), (&protected, &["361"]), (&resting, &["365", "367"])] {
        let (now, then) = while_it_runs(told, date(2026, 11, 20));
        for code in codes {
            assert!(!now.contains(code) && then.contains(code), "{code}: {now:?} {then:?}");
        }
    }
    // What is overdue today is found today.
    let (late, _) = while_it_runs(&protected, date(2026, 11, 23));
    assert!(late.contains("361"), "{late:?}");
    // A year that is over ends when it ended.
    let mut over = Told::born(date(2015, 2, 3));
    over.on(date(2026, 3, 20), care("L1"));
    over.on(date(2026, 3, 20), home("U6"));
    over.on(date(2026, 3, 22), status("C2"));
    let returns = held(&[over.chronology()], 2026);
    let supplied = Supplied::default();
    let count = |report: kinfold_census::check::Report| report.findings.len();
    assert_eq!(count(check_on(&returns, &supplied, TODAY)), count(check(&returns, &supplied)));
}
