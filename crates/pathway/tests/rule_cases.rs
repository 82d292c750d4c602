//! Every chronology in `guidance/examples/` with what the law owes in it. The dates were worked out by hand from the
//! words of the law, not with the program.
//!
//! A case is a chronology file with a `title` and a list `expect`. Each expectation names a day, a rule, a status (as
//! `explain` gives it, or `none`: nothing of this rule at all) and the due date. On a day that a case names for a rule,
//! its open duties must be exactly those expected: nothing may be owed twice.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kinfold_guidance::Guidance;
use kinfold_pathway::{Explained, Rules, explain};
use kinfold_record::Chronology;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    #[serde(rename = "child")]
    _child: serde::de::IgnoredAny,
    #[serde(rename = "entries")]
    _entries: serde::de::IgnoredAny,
    expect: Vec<Expect>,
    /// The whole file, which a person may give to `kinfold pathway explain` as it is.
    #[serde(skip)]
    file: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    on: Date,
    rule: String,
    status: String,
    due_on: Option<Date>,
    version: Option<u16>,
}

const OPEN: [&str; 4] = ["late", "due", "due_soon", "not_yet"];

#[expect(clippy::disallowed_methods, reason = "tests read files; the library does not")]
fn cases() -> Vec<(String, Case)> {
    let dir: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guidance/examples");
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file = fs::read_to_string(&path).unwrap();
        let case: Case = serde_json::from_str(&file).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, Case { file, ..case })
    };
    paths.into_iter().map(read).collect()
}

fn rules() -> Rules {
    Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")))
}

fn line(d: &Explained) -> String {
    format!("{} v{} due {} {}", d.rule, d.version, d.due_on, d.status)
}

fn check(name: &str, case: &Case, rules: &Rules, wrong: &mut Vec<String>) {
    let chronology = Chronology::from_json(&case.file).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut before: Option<(Date, Vec<Explained>)> = None;
    for expected in &case.expect {
        if before.as_ref().is_none_or(|(on, _)| *on != expected.on) {
            let told = explain(&chronology, rules, expected.on, None);
            before = Some((expected.on, told.duties.into_iter().chain(told.history).collect()));
        }
        let all = before.as_ref().map(|(_, all)| all.as_slice()).unwrap_or_default();
        let of_rule: Vec<&Explained> = all.iter().filter(|d| d.rule == expected.rule).collect();
        let found: Vec<String> = of_rule.iter().map(|d| line(d)).collect();
        let fits = |d: &&&Explained| {
            d.status == expected.status
                && Some(d.due_on) == expected.due_on
                && expected.version.is_none_or(|v| v == d.version)
        };
        let holds = if expected.status == "none" {
            of_rule.is_empty()
        } else {
            let wanted = case.expect.iter().filter(|e| {
                e.on == expected.on && e.rule == expected.rule && OPEN.contains(&e.status.as_str())
            });
            let open = of_rule.iter().filter(|d| OPEN.contains(&d.status)).count();
            of_rule.iter().filter(fits).count() == 1 && open == wanted.count()
        };
        if !holds {
            let due = expected.due_on.map_or_else(String::new, |d| format!(" due {d}"));
            wrong.push(format!(
                "{name} ({}) on {}: expected {}{due} {}; found {found:?}",
                case.title, expected.on, expected.rule, expected.status
            ));
        }
    }
}

#[test]
fn what_the_law_owes_is_what_the_pathway_says() {
    let rules = rules();
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        check(name, case, &rules, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_version_in_force_has_a_case() {
    let expected: Vec<Expect> =
        cases().into_iter().flat_map(|(_, case)| case.expect).filter(|e| e.status != "none").collect();
    let shown: BTreeSet<&str> = expected.iter().map(|e| e.rule.as_str()).collect();
    let rules = rules();
    let absent: Vec<&str> = rules.all().map(|r| r.id.as_str()).filter(|id| !shown.contains(id)).collect();
    assert!(absent.is_empty(), "no case shows {absent:?}");
}

/// Every way a child may live is visited under exactly one rule: no gap, and nothing twice.
#[test]
fn every_child_in_a_home_is_visited_under_exactly_one_rule() {
    let rules = rules();
    let on: Date = "2026-06-15".parse().unwrap();
    let bases = [
        "",
        "approved",
        "temporary_approval",
        "outside_terms",
        "with_parents",
        "with_parents_early",
        "remand",
        "adoption",
    ];
    let mut wrong = Vec::new();
    for status in ["V2", "C1", "C2", "E1", "J1", "L1"] {
        for home in ["U1", "U3", "U6", "K2", "P1", "A5", "T1", "R5"] {
            for basis in bases {
                for fewer in [false, true] {
                    let mut start =
                        serde_json::json!({ "kind": "placement_started", "placement_type": home });
                    if !basis.is_empty() {
                        start["basis"] = basis.into();
                    }
                    let terms = serde_json::json!({
                        "kind": "placement_terms_changed", "long_term_fostering": fewer, "fewer_visits_agreed": fewer,
                    });
                    let entry = |on: &str, event: serde_json::Value| serde_json::json!({ "happened_on": on, "event": event });
                    let file = serde_json::json!({
                        "child": "01980000-0000-7000-8000-000000000999",
                        "entries": [
                            entry("2014-05-02", serde_json::json!({
                                "kind": "child_registered", "given_name": "Robin", "family_name": "Ashdown", "date_of_birth": "2014-05-02",
                            })),
                            entry("2025-01-06", serde_json::json!({ "kind": "care_started", "legal_status": status })),
                            entry("2025-01-06", start),
                            entry("2025-02-03", terms),
                        ],
                    });
                    let told = explain(&Chronology::from_json(&file.to_string()).unwrap(), &rules, on, None);
                    let visits: Vec<&str> = told
                        .duties
                        .iter()
                        .filter(|d| {
                            OPEN.contains(&d.status)
                                && (d.rule.starts_with("visit.") || d.rule == "adoption.visit")
                        })
                        .map(|d| d.rule.as_str())
                        .collect();
                    if visits.len() != 1 {
                        wrong.push(format!("{status} {home} {basis} fewer visits {fewer}: {visits:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
