//! What the rules find in the invented returns beside the repository, held against what another validator found: every
//! difference is one that `docs/reference/census-differences.md` explains, and no seeded error is missed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kinfold_census::check::{Directory, Providers, Returns, Supplied, check};
use kinfold_census::{ReadOptions, Return};

/// Rule, table and row, in small letters.
type Flag = (String, String, u32);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ssda903")
}

#[expect(clippy::disallowed_methods, reason = "the crate takes text; this test reads it from files")]
fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The lines of a list after its headings, as flags; the columns stand in this order.
fn flags(path: &str, [rule, table, row]: [usize; 3]) -> BTreeSet<Flag> {
    let one = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[rule].to_lowercase(), cells[table].to_lowercase(), cells[row].parse().unwrap())
    };
    text(path).lines().skip(1).map(one).collect()
}

/// What we flag in this return of that many children; `None` where the data is not here.
fn ours(children: &str, this: &str) -> Option<BTreeSet<Flag>> {
    let year = |folder: &str| {
        let files = common::shared(&format!("{children}/{folder}"))?;
        let year = folder.get(..4)?.parse().ok();
        Return::read(&files, &ReadOptions { year, ..ReadOptions::default() }).0.pop()
    };
    let (this, last) = (year(this)?, year("2025")?);
    let places = Directory::from_csv(text("postcodes.csv").as_bytes()).unwrap();
    let mut providers = Providers::from_csv(&text(&format!("{children}/providers.csv"))).unwrap();
    providers.locate(&places);
    let supplied =
        Supplied { places: Some(&places), providers: Some(&providers), authority: Some("E10000016") };
    let report = check(&Returns::new(this, Some(last), &supplied), &supplied);
    let unasked: Vec<&str> = report.not_run.iter().map(|n| n.code).collect();
    assert_eq!(unasked, ["105"], "only the rule about XML is not asked of CSV");
    let flag = |f: &kinfold_census::check::Finding| {
        (f.rule.code.to_lowercase(), f.table.title().to_lowercase(), f.row)
    };
    Some(report.findings.iter().filter(|f| !f.last_year).map(flag).collect())
}

/// How many rows of each rule are in one list and not in the other.
fn missing(from: &BTreeSet<Flag>, of: &BTreeSet<Flag>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for (rule, ..) in of.difference(from) {
        *out.entry(rule.clone()).or_default() += 1;
    }
    out
}

fn counted(list: &[(&str, usize)]) -> BTreeMap<String, usize> {
    list.iter().map(|(rule, rows)| ((*rule).to_owned(), *rows)).collect()
}

fn compare(children: &str, this: &str, only_ours: &[(&str, usize)], only_theirs: &[(&str, usize)]) {
    let Some(ours) = ours(children, this) else { return };
    let theirs = flags(&format!("expected/{children}-{this}.tsv"), [0, 1, 2]);
    assert_eq!(missing(&theirs, &ours), counted(only_ours), "only ours, {children} {this}");
    assert_eq!(missing(&ours, &theirs), counted(only_theirs), "only theirs, {children} {this}");
    if this.ends_with("_err") {
        // The key names tables by their files.
        let seeded = flags(&format!("{children}/{this}/injected.tsv"), [2, 0, 1]);
        let title = |file: &str| match file {
            "placed_for_adoption" => "placedadoption".to_owned(),
            "previous_permanence" => "prevperm".to_owned(),
            "sw_episodes" => "swepisodes".to_owned(),
            other => other.to_owned(),
        };
        let missed: Vec<Flag> = seeded
            .into_iter()
            .map(|(rule, file, row)| (rule, title(&file), row))
            .filter(|flag| !ours.contains(flag))
            .collect();
        assert_eq!(missed, [], "seeded errors of {children}");
    }
}

#[test]
fn five_hundred_children() {
    compare("500", "2026", &[], &[("218", 4), ("sw11bstg2", 3), ("sw12stg2", 185)]);
    compare("500", "2026_err", &[("635", 1)], &[("218", 4), ("sw11bstg2", 3), ("sw12stg2", 184)]);
}

#[test]
fn five_thousand_children() {
    let theirs = |sw12| [("1001", 2), ("191", 1), ("218", 13), ("sw11bstg2", 21), ("sw12stg2", sw12)];
    compare("5000", "2026", &[("347", 12)], &theirs(1_786));
    compare("5000", "2026_err", &[("347", 12), ("635", 7)], &theirs(1_783));
}

/// Rows that a rule flags in the return of 500 children of 2026, with the returns of so many years before last.
fn with_history(rule: &str, years: &[&str]) -> Option<usize> {
    let read = |folder: &str| {
        let files = common::shared(&format!("500/{folder}"))?;
        let year = folder.parse().ok();
        Return::read(&files, &ReadOptions { year, ..ReadOptions::default() }).0.pop()
    };
    let (this, last) = (read("2026")?, read("2025")?);
    let earlier = years.iter().filter_map(|year| read(year)).collect();
    let supplied = Supplied::default();
    let report = check(&Returns::with_history(this, Some(last), earlier, &supplied), &supplied);
    Some(report.findings.iter().filter(|f| f.rule.code == rule).count())
}

#[test]
fn the_older_returns_answer_for_care_leavers_who_left_before_last_year() {
    let all = ["2022", "2023", "2024"];
    // One of them left before the oldest of the five returns begins.
    for (rule, two, five) in [("1001", 103, 1), ("1002", 102, 1)] {
        let Some(found) = with_history(rule, &[]) else { return };
        assert_eq!(found, two, "rule {rule} with two returns");
        assert_eq!(with_history(rule, &all), Some(five), "rule {rule} with five");
    }
}
