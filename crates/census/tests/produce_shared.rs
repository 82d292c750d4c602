//! The invented returns that lie outside the repository, imported and made again. Say where they are with
//! `KINFOLD_RETURNS`; without them nothing is tested here, and `tests/produce.rs` tests the same on small ones.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::made::{chronologies, differences, held, made};
use kinfold_census::check::{Finding, Returns, Supplied, check};
use kinfold_census::{ConvertOptions, Return, SourceFile, Table, WrittenFile, YearReturn, to_chronologies};

/// The files of the years of one folder.
fn years(folder: &str, wanted: &[i16]) -> Option<Vec<YearReturn>> {
    let root = std::env::var_os("KINFOLD_RETURNS").map(PathBuf::from)?.join(folder);
    let mut files = Vec::new();
    for year in wanted {
        for item in std::fs::read_dir(root.join(year.to_string())).ok()? {
            let path = item.ok()?.path();
            let name = format!("{year}/{}", Path::new(path.file_name()?).display());
            #[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
            files.push(SourceFile::new(name, std::fs::read(&path).ok()?));
        }
    }
    Some(common::read(&files).0)
}

/// Everything that may differ, with its reason in `docs/reference/census-return.md`.
const EXPLAINED: [&str; 3] = ["Header.UPN", "OC3 row only made", "SWEpisodes row only made"];

fn comes_back(folder: &str, wanted: &[i16]) {
    let Some(given) = years(folder, wanted) else { return };
    let converted = to_chronologies(&given, &ConvertOptions { today: common::TODAY });
    let chronologies = chronologies(&converted);
    for year in &given {
        let made = made(&chronologies, year.year);
        let found = differences(year, &made.year);
        eprintln!("{folder} {}: {found:?}, {} lacks", year.year, made.lacks.len());
        let unexplained: Vec<_> = found.keys().filter(|kind| !EXPLAINED.contains(&kind.as_str())).collect();
        assert!(unexplained.is_empty(), "{folder} {}: {found:?}", year.year);
        assert!(
            found.values().sum::<usize>() * 20 < made.year.header.len() * 3,
            "{folder} {}: {found:?}",
            year.year
        );
        // The record holds the newest number of a pupil, and the last return is the one that has it.
        assert!(year.year != 2026 || !found.contains_key("Header.UPN"), "{found:?}");
        // A care leaver whom the returns say nothing of lacks a contact, and nobody lacks anything else.
        let leavers = found.get("OC3 row only made").copied().unwrap_or_default();
        let contacts = made.lacks.iter().filter(|l| l.column == "IN_TOUCH").count();
        assert_eq!(contacts, leavers, "{folder} {}", year.year);
    }
}

#[test]
fn five_years_of_five_hundred_children_come_back() {
    comes_back("500", &[2022, 2023, 2024, 2025, 2026]);
}

#[test]
fn two_years_of_five_thousand_children_come_back() {
    comes_back("5000", &[2025, 2026]);
}

#[test]
fn the_rules_find_in_what_is_made_what_they_find_in_what_was_given() {
    let Some(given) = years("500", &[2022, 2023, 2024, 2025, 2026]) else { return };
    let converted = to_chronologies(&given, &ConvertOptions { today: common::TODAY });
    let chronologies = chronologies(&converted);
    let supplied = Supplied { places: None, providers: None, authority: None };
    for two in given.windows(2) {
        let held = held(&chronologies, two[1].year);
        let of_given = check(&Returns::new(two[1].clone(), Some(two[0].clone()), &supplied), &supplied);
        let of_made = check(&held, &supplied);
        assert!(of_made.run.len() > 100);
        let rows = |found: &[Finding], keep: &dyn Fn(&Finding) -> bool| -> BTreeMap<(&str, String), usize> {
            let mut out = BTreeMap::new();
            for f in found.iter().filter(|f| keep(f)) {
                *out.entry((f.rule.code, f.child.to_string())).or_default() += 1;
            }
            out
        };
        // Two rules ask about times that lie further back than two years: what is made comes with the whole history.
        let leavers = |f: &Finding| ["1001", "1002"].contains(&f.rule.code);
        // Care leavers of whom nothing was said are only in what is made.
        let silent = |f: &Finding| f.table == Table::Oc3 && f.cells.iter().all(|(_, cell)| cell.is_empty());
        let given_rows = rows(&of_given.findings, &|f| !leavers(f));
        let made_rows = rows(&of_made.findings, &|f| !leavers(f) && !silent(f));
        assert_eq!(made_rows, given_rows, "{}", two[1].year);
        let stands = of_made.findings.iter().filter(|f| leavers(f)).count();
        let before = of_given.findings.iter().filter(|f| leavers(f)).count();
        assert!(stands <= before);
        // Four years back everybody's time in care is held.
        assert!(two[1].year < 2026 || stands * 10 < before, "{stands} of {before}");
    }
}

#[test]
fn written_and_read_again_a_return_is_the_same() {
    let Some(given) = years("500", &[2026]) else { return };
    for year in &given {
        let csv = files(Return::write_csv(year), year.year);
        let (again, errors) = common::read(&csv);
        assert_eq!(errors, []);
        assert_eq!(differences(year, &again[0]), BTreeMap::new());
        assert_eq!(Return::write_csv(&again[0]), Return::write_csv(year));
        let xml = Return::write_xml(year);
        assert_eq!(xml.unsaid, []);
        let (again, errors) = common::read(&files(vec![xml.file.clone()], year.year));
        assert_eq!(errors, []);
        assert_eq!(differences(year, &again[0]), BTreeMap::new());
        assert_eq!(Return::write_xml(&again[0]).file, xml.file);
    }
}

#[test]
fn the_xml_of_the_year_says_what_the_tables_say() {
    let Some(root) = std::env::var_os("KINFOLD_RETURNS").map(PathBuf::from) else { return };
    let Some(tables) = years("500", &[2026]) else { return };
    #[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
    let Ok(bytes) = std::fs::read(root.join("500/2026.xml")) else { return };
    let (given, _) = common::read(&[SourceFile::new("2026.xml", bytes)]);
    let (ours, _) = common::read(&files(vec![Return::write_xml(&tables[0]).file], 2026));
    let found = differences(&given[0], &ours[0]);
    // The other document has no social workers.
    assert_eq!(found.keys().collect::<Vec<_>>(), ["SWEpisodes row only made"], "{found:?}");
}

fn files(written: Vec<WrittenFile>, year: i16) -> Vec<SourceFile> {
    written.into_iter().map(|f| SourceFile::new(format!("{year}/{}", f.name), f.bytes)).collect()
}
