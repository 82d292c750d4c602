//! `kinfold census rules`: the manual of the rules.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use kinfold_census::check::{Needs, Version};
use kinfold_census::rules::{self, Entry};

use super::outcome::collection;
use crate::commands::upkeep::count;
use crate::table::table;

/// List the rules of the collection, or show the manual page of one
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// The official code of a rule
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Only the rules asked in the collection that ends in this year
    #[arg(long, value_name = "YEAR", conflicts_with = "code")]
    year: Option<i16>,
}

impl Rules {
    pub(super) fn run(self) -> Result<ExitCode> {
        let Some(code) = &self.code else {
            println!("{}", list(self.year));
            return Ok(ExitCode::SUCCESS);
        };
        let Some(entry) = rules::find(code) else {
            bail!("there is no rule {code}; `kinfold census rules` lists them");
        };
        print!("{}", page(entry));
        Ok(ExitCode::SUCCESS)
    }
}

fn list(year: Option<i16>) -> String {
    let asked = |entry: &&Entry| year.is_none_or(|year| entry.rule.version(year).is_some());
    let rows: Vec<Vec<String>> = rules::ALL
        .iter()
        .filter(asked)
        .map(|entry| {
            let years: Vec<String> = entry.rule.versions.iter().map(years).collect();
            vec![entry.rule.code.to_owned(), years.join(", "), entry.rule.title.to_owned()]
        })
        .collect();
    format!("{}\n\n{}", table(&["Rule", "Asked in", "What it finds"], &rows), count(rows.len(), "rule"))
}

/// A rule's page.
fn page(entry: &Entry) -> String {
    let page = entry.page();
    let mut out = format!("Rule {}\n{}\n", entry.rule.code, entry.rule.title);
    for (head, words) in [
        ("What it does", page.what),
        ("Why it matters", page.why),
        ("How to put it right", page.fix),
        ("Example", page.example),
    ] {
        out.push_str(&format!("\n{head}\n  {}\n", words.replace('\n', "\n  ")));
    }
    for version in entry.rule.versions {
        out.push_str(&format!("\nAsked in {}\n", years(version)));
        out.push_str(&format!("  shows {}\n", version.fields.join(", ")));
        for need in wants(version) {
            out.push_str(&format!("  needs {need}\n"));
        }
    }
    out
}

/// `2022-23 to 2024-25`.
fn years(version: &Version) -> String {
    let first = collection(version.from);
    match version.to {
        _ if version.withdrawn => format!("{first} (withdrawn before it was asked)"),
        Some(to) if to == version.from => first,
        Some(to) => format!("{first} to {}", collection(to)),
        None => format!("{first} on"),
    }
}

/// What a version cannot be asked without.
fn wants(version: &Version) -> Vec<String> {
    let this = version.tables.iter().map(|table| table.title().to_owned());
    let last = version.last.iter().map(|table| format!("{} of last year", table.title()));
    let needs = version.needs.iter().map(|need| match need {
        Needs::Places => "a postcode directory".to_owned(),
        Needs::Providers => "the list of providers".to_owned(),
        Needs::Authority => "the authority whose return it is".to_owned(),
        Needs::Xml => "a return in XML".to_owned(),
    });
    this.chain(last).chain(needs).collect()
}
