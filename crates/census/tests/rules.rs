//! What holds for every rule, and the published cases when a folder of them is given.

use std::collections::BTreeSet;

use kinfold_census::check::conformance::{Outcome, judge};
use kinfold_census::rules::{ALL, find};
use kinfold_census::{Table, check};

/// Columns that are worked out, beside those of the tables.
const DERIVED: [&str; 4] = ["UASC", "PL_LA", "PL_LOCATION", "PL_DISTANCE"];

#[test]
fn every_rule_of_every_year_names_columns_that_there_are() {
    for entry in ALL {
        let code = entry.rule.code;
        for version in entry.rule.versions {
            assert!(!version.fields.is_empty(), "{code} shows no column");
            for field in version.fields {
                let known = DERIVED.contains(field) || Table::ALL.iter().any(|t| t.columns().contains(field));
                assert!(known, "{code} shows {field}, which the return does not have");
            }
        }
    }
}

#[test]
fn codes_are_told_once_and_stand_in_order_of_their_files() {
    let codes: BTreeSet<String> = ALL.iter().map(|e| e.rule.code.to_ascii_uppercase()).collect();
    assert_eq!(codes.len(), ALL.len(), "a code has two files");
    for code in &codes {
        assert_eq!(find(&code.to_ascii_lowercase()).unwrap().rule.code.to_ascii_uppercase(), *code);
    }
}

#[test]
fn no_two_versions_of_a_rule_are_of_one_year() {
    for entry in ALL {
        for year in 2023..=2027 {
            let of_year = entry.rule.versions.iter();
            let of_year = of_year.filter(|v| v.from <= year && v.to.is_none_or(|to| year <= to)).count();
            assert!(of_year <= 1, "{} has {of_year} versions for {year}", entry.rule.code);
        }
        assert!(!entry.rule.versions.is_empty(), "{} is never asked", entry.rule.code);
    }
}

#[test]
fn every_rule_has_its_page_and_its_title() {
    for entry in ALL {
        let (code, page) = (entry.rule.code, entry.page());
        for (part, text) in [
            ("What it does", page.what),
            ("Why it matters", page.why),
            ("How to put it right", page.fix),
            ("Example", page.example),
        ] {
            assert!(text.len() > 10, "the page of {code} has no part “{part}”");
        }
        let title = entry.rule.title;
        assert!(title.len() > 10 && title.ends_with('.'), "{code}: “{title}” is no sentence");
    }
}

#[test]
fn every_divergence_is_of_a_rule_of_that_year_and_says_why() {
    for divergence in check::DIVERGENCES {
        let entry = find(divergence.code).unwrap_or_else(|| panic!("there is no rule {}", divergence.code));
        assert!(entry.rule.version(divergence.year).is_some(), "{} in {}", divergence.code, divergence.year);
        assert!(!divergence.official.is_empty() && !divergence.because.is_empty(), "{}", divergence.code);
    }
}

/// `KINFOLD_CONFORMANCE=DIR cargo test -p kinfold-census --test rules -- --ignored`
#[test]
#[ignore = "needs the published cases: set KINFOLD_CONFORMANCE to their folder"]
#[expect(clippy::disallowed_methods, reason = "the crate takes text; this test reads it from files")]
fn the_published_cases_pass_or_their_divergence_is_declared() {
    let folder = std::env::var("KINFOLD_CONFORMANCE").expect("KINFOLD_CONFORMANCE names a folder");
    let mut failed = Vec::new();
    let mut judged = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let verdict = judge(&std::fs::read_to_string(&path).unwrap()).unwrap();
        match verdict.outcome {
            Outcome::Fail(_) => failed.push(verdict.to_string()),
            Outcome::Pass | Outcome::Diverges(_) => judged += 1,
            Outcome::NoSuchRule => {}
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(judged > 0, "no case was found");
}
