//! The invented returns that lie outside the repository: read, converted and folded, when they are here.

mod common;

use std::collections::BTreeMap;

use common::{fold, shared};
use kinfold_census::{ConvertOptions, Level, ReadOptions, Return, TableRow, to_chronologies};

#[test]
fn five_years_give_every_child_the_homes_the_episodes_say() {
    let Some(files) = shared("500") else { return };
    let (years, errors) = Return::read(&files, &ReadOptions::default());
    assert_eq!(years.iter().map(|y| y.year).collect::<Vec<_>>(), [2022, 2023, 2024, 2025, 2026]);
    for e in errors.iter().take(20) {
        eprintln!("{e}");
    }
    let converted = to_chronologies(&years, &ConvertOptions { today: common::TODAY });
    let mut by: BTreeMap<(Level, String), usize> = BTreeMap::new();
    for e in &converted.errors {
        *by.entry((e.level, e.reason.chars().take(90).collect())).or_default() += 1;
    }
    for (k, n) in &by {
        eprintln!("{n} {k:?}");
    }
    let mut problems: BTreeMap<String, usize> = BTreeMap::new();
    for c in &converted.children {
        for p in fold(c).problems {
            *problems.entry(p.message).or_default() += 1;
        }
    }
    eprintln!("{problems:?} {}", converted.children.len());
    eprintln!("{:#?}", converted.children.iter().find(|c| c.local_id == "100015"));
}
