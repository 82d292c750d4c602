//! `kinfold census rules`: the manual of the rules.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use kinfold_census::check::Version;
use kinfold_census::rules::{self, Entry};

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
            let years: Vec<String> = entry.rule.versions.iter().map(Version::years).collect();
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
        out.push_str(&format!("\nAsked in {}\n", version.years()));
        out.push_str(&format!("  shows {}\n", version.fields.join(", ")));
        for need in version.wants() {
            out.push_str(&format!("  needs {need}\n"));
        }
    }
    out
}
