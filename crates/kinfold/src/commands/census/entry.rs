//! `kinfold census entry`: what one entry of a chronology adds to what the rules of the return find; no database.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;
use kinfold_census::check::collection;
use kinfold_census::{EntryFinding, at_entry, rules};
use kinfold_record::{Chronology, EntryId};
use serde_json::json;

use crate::commands::upkeep::count;
use crate::lists::Lists;

/// Say what an entry would add to what the rules find, as when somebody records it
#[derive(Debug, Args)]
pub(super) struct Entry {
    /// The chronology as JSON, the entry among it (docs/reference/events.md describes it)
    #[arg(long, value_name = "FILE")]
    chronology: PathBuf,
    /// The entry [default: the one recorded last]
    #[arg(long, value_name = "ID")]
    entry: Option<uuid::Uuid>,
    /// The day it is recorded: a year that runs is asked about as if it ended then
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Date,
    /// Print an object for each finding on a line of its own
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    lists: Lists,
}

impl Entry {
    pub(super) fn run(self) -> Result<ExitCode> {
        let file = self.chronology.display().to_string();
        let text =
            std::fs::read_to_string(&self.chronology).with_context(|| format!("{file} cannot be read"))?;
        let after = Chronology::from_json(&text).with_context(|| format!("{file} is not a chronology"))?;
        let last = after.entries().last().map(|e| e.id);
        let entry = self.entry.map(EntryId).or(last).with_context(|| format!("{file} holds no entry"))?;
        if !after.entries().iter().any(|e| e.id == entry) {
            anyhow::bail!("{file} has no entry {entry}");
        }
        let others = after.entries().iter().filter(|e| e.id != entry).cloned().collect();
        let before = Chronology::new(after.child, others)
            .with_context(|| format!("{entry} has been corrected since: name the entry that corrected it"))?;
        let lists = self.lists.open()?;
        let found = at_entry(&before, &after, entry, self.on, &lists.supplied(None));
        for finding in &found {
            if self.json {
                println!("{}", in_json(finding));
            } else {
                println!("{}", in_words(finding));
            }
        }
        let asked = found.iter().filter(|finding| !finding.left_open).count();
        eprintln!("{}, {} left open", count(asked, "warning"), found.len() - asked);
        Ok(if asked == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn in_words(finding: &EntryFinding) -> String {
    let page = rules::find(finding.rule.code).map(rules::Entry::page).unwrap_or_default();
    let open = if finding.left_open { " (left open)" } else { "" };
    let since = finding.day.map_or_else(String::new, |day| format!(" from {day}"));
    format!(
        "Rule {}, {}, {}{since}{open}\n{}\n  Why it matters\n    {}\n  How to put it right\n    {}\n",
        finding.rule.code,
        collection(finding.year),
        finding.table.title(),
        finding.rule.title,
        page.why.replace('\n', "\n    "),
        page.fix.replace('\n', "\n    "),
    )
}

fn in_json(finding: &EntryFinding) -> serde_json::Value {
    let page = rules::find(finding.rule.code).map(rules::Entry::page).unwrap_or_default();
    json!({
        "rule": finding.rule.code,
        "year": finding.year,
        "table": finding.table.title(),
        "day": finding.day,
        "left_open": finding.left_open,
        "message": finding.rule.title,
        "why": page.why,
        "fix": page.fix,
    })
}
