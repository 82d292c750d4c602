//! `kinfold census write`: the return made from the record of a council.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::Timestamp;
use kinfold_casework::Cost;
use kinfold_casework::census_return::RuleNotRun;

use crate::commands::upkeep::count;
use crate::council::Database;
use crate::lists::Lists;

/// Write the return of a year from the record
#[derive(Debug, Args)]
pub(crate) struct Write {
    #[command(flatten)]
    database: Database,
    /// The year in whose March the collection ends; of a year that still runs, the return as if it ended today
    #[arg(long, value_name = "YYYY")]
    year: i16,
    /// The folder to write into; it is made when it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Write one XML document instead of the CSV files
    #[arg(long)]
    xml: bool,
    /// Leave out what was recorded after this moment (2026-06-30T17:00:00Z)
    #[arg(long, value_name = "TIME")]
    known_at: Option<Timestamp>,
    #[command(flatten)]
    lists: Lists,
}

impl Write {
    pub fn run(self) -> Result<ExitCode> {
        // The other commands on the return wait for nothing, so this one waits by itself.
        let runtime = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| runtime.block_on(self.write()))
    }

    async fn write(self) -> Result<ExitCode> {
        // A list or a folder that cannot be used is told before the record is read.
        let lists = tokio::task::block_in_place(|| self.lists.open())?;
        fs::create_dir_all(&self.out)
            .with_context(|| format!("the folder {} could not be made", self.out.display()))?;
        let council = self.database.open(None, Cost::Real).await?;
        council.casework.use_return_lists(lists);
        let written = council.casework.written_return(self.year, self.known_at, self.xml).await;
        council.store.close().await;
        let written = written.map_err(in_words)?;
        for file in &written.files {
            let path = self.out.join(&file.name);
            fs::write(&path, &file.bytes)
                .with_context(|| format!("{} could not be written", path.display()))?;
            println!("{}", path.display());
        }
        eprintln!("{} children; {} cells that the record has nothing for", written.children, written.lacks);
        let mut unsaid: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for lost in &written.unsaid {
            *unsaid.entry((lost.table.title(), lost.what)).or_default() += 1;
        }
        for ((table, what), rows) in unsaid {
            eprintln!("not in the XML: {rows} of {table}. {what}");
        }
        eprintln!(
            "{} of {}; {} asked, {} not (`kinfold census check` says more)",
            count(written.findings, "finding"),
            count(written.rules, "rule"),
            count(written.asked, "rule"),
            written.not_run.len()
        );
        for (because, rules) in reasons(&written.not_run) {
            eprintln!("not asked, because {because}: {}", rules.join(" "));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The rules that were not asked, those of one reason together.
fn reasons(not_run: &[RuleNotRun]) -> BTreeMap<&str, Vec<&str>> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in not_run {
        reasons.entry(&rule.because).or_default().push(rule.code);
    }
    reasons
}

/// What is wrong with the arguments, in the words of the use case.
fn in_words(error: kinfold_casework::Error) -> anyhow::Error {
    match error {
        kinfold_casework::Error::Invalid(problems) => {
            let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            anyhow::anyhow!(words.join(" "))
        }
        other => other.into(),
    }
}
