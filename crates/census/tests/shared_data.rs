//! The invented returns that lie outside the repository: read, converted and folded, when they are here.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{TODAY, fold, shared};
use jiff::civil::Date;
use kinfold_census::{
    ConvertOptions, Converted, ImportedChild, Level, ReadOptions, Return, RowError, YearReturn,
    to_chronologies,
};
use kinfold_record::{Severity, Timeline, check};

fn import(folder: &str) -> Option<(Vec<YearReturn>, Vec<RowError>, Converted)> {
    let files = shared(folder)?;
    let (years, errors) = Return::read(&files, &ReadOptions::default());
    let converted = to_chronologies(&years, &ConvertOptions { today: TODAY });
    Some((years, errors, converted))
}

fn errors(list: &[RowError]) -> Vec<String> {
    list.iter().filter(|e| e.level == Level::Error).map(ToString::to_string).collect()
}

/// Starts of homes by child: the days of episodes that begin one, and of the first episode there is.
fn homes(years: &[YearReturn]) -> BTreeMap<String, BTreeSet<Date>> {
    let mut out: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
    let mut first: BTreeMap<String, Date> = BTreeMap::new();
    for row in years.iter().flat_map(|y| &y.episodes) {
        let (child, start) = (row.child.raw().to_owned(), row.decom.value().expect("clean data"));
        let earliest = first.entry(child.clone()).or_insert(start);
        *earliest = start.min(*earliest);
        if !row.rne.is("L") {
            out.entry(child).or_default().insert(start);
        }
    }
    for (child, start) in first {
        out.entry(child).or_default().insert(start);
    }
    out
}

#[test]
fn five_years_give_every_child_the_homes_the_episodes_say() {
    let Some((years, read, converted)) = import("500") else { return };
    assert_eq!(years.iter().map(|y| y.year).collect::<Vec<_>>(), [2022, 2023, 2024, 2025, 2026]);
    // The folder also holds the last year a second and a third time, and a list of providers.
    assert_eq!(errors(&read).len(), 2, "{:#?}", errors(&read));
    assert!(errors(&read).iter().all(|e| e.contains("two returns of 2026")));

    let expected = homes(&years);
    assert!(converted.children.len() > 1_000);
    for child in &converted.children {
        let timeline = fold(child);
        let starts: BTreeSet<Date> = timeline.placements.iter().map(|p| p.start).collect();
        let expected = expected.get(child.local_id.as_str()).cloned().unwrap_or_default();
        assert_eq!(starts, expected, "homes of {}", child.local_id);
        assert_eq!(timeline.problems, [], "{}", child.local_id);
    }
    // The check letters of the invented pupil numbers are wrong; nothing else is.
    let unexpected: Vec<_> =
        errors(&converted.errors).into_iter().filter(|e| !e.contains("unique pupil number")).collect();
    assert_eq!(unexpected, Vec::<String>::new());
}

#[test]
fn the_reason_for_a_move_is_the_reason_the_home_ended() {
    let Some((years, _, converted)) = import("500") else { return };
    let said: usize = years
        .iter()
        .flat_map(|y| &y.episodes)
        .filter(|e| e.dec.value().is_some() && e.rec.is("X1") && e.reason_place_change.value().is_some())
        .map(|e| (e.child.raw(), e.decom.value()))
        .collect::<BTreeSet<_>>()
        .len();
    let folded: usize = converted
        .children
        .iter()
        .map(|c| fold(c).placements.iter().filter(|p| p.end_reason.is_some()).count())
        .sum();
    assert_eq!(said, folded);
    assert!(said > 100);
}

#[test]
fn no_entry_is_refused_when_it_is_recorded_after_the_others() {
    let Some((_, _, converted)) = import("500") else { return };
    for child in &converted.children {
        for i in 0..child.entries.len() {
            let before = ImportedChild { entries: child.entries[..i].to_vec(), ..child.clone() };
            let all = ImportedChild { entries: child.entries[..=i].to_vec(), ..child.clone() };
            let timeline: Timeline = fold(&before);
            let entry = common::entries(&all).pop().expect("at least one");
            let refused: Vec<_> = check(&timeline, &entry, TODAY)
                .into_iter()
                .filter(|p| p.severity == Severity::Impossible)
                .map(|p| p.message)
                .collect();
            assert_eq!(refused, Vec::<String>::new(), "{}: {:?}", child.local_id, entry);
        }
    }
}

#[test]
fn keys_are_unique_and_a_second_import_says_the_same() {
    let Some((years, _, converted)) = import("500") else { return };
    let mut keys = BTreeSet::new();
    for entry in converted.children.iter().flat_map(|c| &c.entries) {
        assert!(keys.insert(entry.key.clone()), "{} twice", entry.key);
    }
    let mut turned = years.clone();
    turned.reverse();
    assert_eq!(to_chronologies(&turned, &ConvertOptions { today: TODAY }), converted);
}

#[test]
fn the_xml_of_a_year_says_what_its_tables_say() {
    let Some(files) = shared("500") else { return };
    let only =
        |name: &str| -> Vec<_> { files.iter().filter(|f| f.name.starts_with(name)).cloned().collect() };
    let (tables, _) = Return::read(&only("2026/"), &ReadOptions::default());
    let (xml, read) = Return::read(&only("2026.xml"), &ReadOptions::default());
    assert_eq!(errors(&read), Vec::<String>::new());
    let facts = |years: &[YearReturn]| -> BTreeSet<(String, String)> {
        let converted = to_chronologies(years, &ConvertOptions { today: TODAY });
        let entries = converted.children.into_iter().flat_map(|c| c.entries);
        // The XML of this data has no social workers.
        entries
            .filter(|e| !e.key.contains(":circle_"))
            .filter(|e| !e.key.ends_with("child_registered"))
            .map(|e| (e.key, e.digest))
            .collect()
    };
    assert_eq!(facts(&xml), facts(&tables));
}

#[test]
fn seeded_errors_are_reported_and_spoil_nothing_else() {
    let Some(files) = shared("500/2026_err") else { return };
    let options = ReadOptions { year: Some(2026), ..ReadOptions::default() };
    let (years, read) = Return::read(&files, &options);
    let converted = to_chronologies(&years, &ConvertOptions { today: TODAY });
    let all = [errors(&read), errors(&converted.errors)].concat();
    for seeded in ["N9", "PLACE"] {
        assert!(all.iter().any(|e| e.contains(seeded)), "{seeded}");
    }
    assert!(converted.children.len() > 600);
}
