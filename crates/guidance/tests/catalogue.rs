//! The catalogue in the documentation is the one the rules make, and its coverage table names every rule.

#[path = "catalogue/mod.rs"]
mod catalogue;

use std::collections::BTreeSet;

use kinfold_guidance::Guidance;

#[test]
fn the_page_is_the_one_the_rules_make() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/rules-catalogue.md");
    let page = catalogue::page().unwrap_or_else(|m| panic!("\n{m}"));
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let differs = kept.lines().zip(page.lines()).find(|(a, b)| a != b);
    assert!(
        kept == page,
        "docs/reference/rules-catalogue.md differs; make it again with `cargo run -p kinfold-guidance --example rules_md > \
         docs/reference/rules-catalogue.md`\nfirst difference: {differs:?}"
    );
}

#[test]
fn the_coverage_table_names_every_rule_and_no_other() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let rules: BTreeSet<String> = guidance.ids().into_iter().map(ToString::to_string).collect();
    // The third column holds the rules of a row, each in backticks.
    let rows = catalogue::COVERAGE.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| section"));
    let named: BTreeSet<String> = rows
        .filter_map(|l| l.split('|').nth(3))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let absent: Vec<_> = rules.difference(&named).collect();
    let unknown: Vec<_> = named.difference(&rules).collect();
    assert!(
        absent.is_empty() && unknown.is_empty(),
        "not in the coverage table: {absent:?}; no such rule: {unknown:?}"
    );
}
