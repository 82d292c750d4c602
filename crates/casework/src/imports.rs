//! Bringing in the statutory return: read, compare with what is known, bring in what is new, and undo.
//!
//! Importing the same return again changes nothing: every fact has a key, and what was brought in under a key is
//! remembered with a digest of what it said (`docs/reference/import-ssda903.md`).

mod compare;
mod desk;
mod run;
mod undo;

use std::collections::BTreeSet;

use kinfold_access::Action;
use kinfold_census::{
    ConvertOptions, ImportedChild, Level, ReadOptions, Return, RowError, SourceFile, to_chronologies,
};
use kinfold_store::ImportRunRow;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::secrets::hex;

pub(crate) use desk::Desk;
pub use desk::{Stage, Staged};
pub use kinfold_census as census;
pub use run::ImportedRun;
pub use undo::Undone;

/// Children written in one transaction: enough to be quick, little enough to let others write in between.
const BATCH: usize = 100;

/// A return that has been read, not yet compared with anything.
#[derive(Debug)]
pub struct ReadReturn {
    /// The name of the folder or file.
    pub source_name: String,
    /// The hash of everything it says.
    pub digest: String,
    /// The collection years found, oldest first.
    pub years: Vec<i16>,
    /// The files that were used.
    pub files: Vec<String>,
    /// What could not be used, and what was understood that was not plain. May hold what stands in the files: for the
    /// person importing, never for a log.
    pub problems: Vec<RowError>,
    children: Vec<ImportedChild>,
}

impl ReadReturn {
    /// How many children it tells of.
    pub fn children(&self) -> usize {
        self.children.len()
    }

    /// How many facts it tells.
    pub fn entries(&self) -> usize {
        self.children.iter().map(|child| child.entries.len()).sum()
    }
}

/// What an import does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Children in the return.
    pub children: usize,
    /// Children not in the record before.
    pub children_new: usize,
    /// Children in the record, to whom something is added or put right.
    pub children_changed: usize,
    /// Children of whom everything is known already.
    pub children_same: usize,
    /// Children left out: the problems say why.
    pub children_left_out: usize,
    /// Facts added.
    pub entries_new: usize,
    /// Facts put right.
    pub entries_changed: usize,
    /// Facts known already.
    pub entries_same: usize,
    /// Facts that somebody corrected by hand since, and that stay as they are.
    pub entries_kept: usize,
    /// Facts that an earlier import brought, of a year that is imported again, and that the return no longer tells. They
    /// stay: a person decides.
    pub entries_gone: usize,
    /// Facts that cannot be true beside what is in the record.
    pub entries_refused: usize,
    /// Errors in the files and in the comparison.
    pub errors: usize,
    /// Notes in the files.
    pub notes: usize,
}

impl Counts {
    /// Whether anything would be written.
    pub fn changes_something(&self) -> bool {
        self.children_new + self.children_changed > 0
    }

    fn with_problems(mut self, problems: &[RowError]) -> Self {
        self.errors = problems.iter().filter(|p| p.level == Level::Error).count();
        self.notes = problems.len() - self.errors;
        self
    }
}

/// What an import would do: nothing has been written.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    /// How much of what.
    pub counts: Counts,
    /// Every problem, those of reading first.
    pub problems: Vec<RowError>,
}

/// A run, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLine {
    /// The run.
    pub row: ImportRunRow,
    /// What came of it.
    pub counts: Counts,
    /// Who started it; `None` from the command line.
    pub by: Option<String>,
}

/// How far something long has come: children done, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Done.
    pub done: usize,
    /// Of so many.
    pub total: usize,
}

impl Casework {
    /// Reads files into histories. Takes processor time, so call it where blocking is allowed.
    pub fn read_return(&self, source_name: &str, files: &[SourceFile], year: Option<i16>) -> ReadReturn {
        let options = ReadOptions { year, ..ReadOptions::default() };
        let (years, mut problems) = Return::read(files, &options);
        let converted = to_chronologies(&years, &ConvertOptions { today: self.today() });
        problems.extend(converted.errors);
        let mut hash = Sha256::new();
        for entry in converted.children.iter().flat_map(|child| &child.entries) {
            hash.update(entry.key.as_bytes());
            hash.update(entry.digest.as_bytes());
        }
        ReadReturn {
            source_name: source_name.to_owned(),
            digest: hex(&hash.finalize()),
            years: years.iter().map(|y| y.year).collect::<BTreeSet<_>>().into_iter().collect(),
            files: years.into_iter().flat_map(|y| y.files).collect(),
            problems,
            children: converted.children,
        }
    }

    /// Compares a return with the record: what would be added, put right and left.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn plan_import(&self, read: &ReadReturn) -> Result<ImportPlan> {
        let mut counts = Counts { children: read.children.len(), ..Counts::default() };
        let mut problems = read.problems.clone();
        for batch in read.children.chunks(BATCH * 4) {
            let mut unit = self.house.store.read().await?;
            let compared = self.compare(&mut *unit, batch, &read.years).await?;
            drop(unit);
            for child in compared {
                child.count(&mut counts);
                problems.extend(child.problems);
            }
        }
        let counts = counts.with_problems(&problems);
        Ok(ImportPlan { counts, problems })
    }

    /// The latest runs.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to import.
    pub async fn import_runs(&self, actor: &Actor) -> Result<Vec<RunLine>> {
        actor.require(Action::ImportReturn)?;
        let mut unit = self.house.store.glance().await?;
        let rows = unit.import_runs(50).await?;
        let ids: Vec<Uuid> = rows.iter().filter_map(|r| r.started_by).collect();
        let names = self.names(&mut *unit, &ids).await?;
        drop(unit);
        self.house.pen.write(vec![actor.line("view_imports", None, true, &json!({}))]).await?;
        Ok(rows
            .into_iter()
            .map(|row| RunLine {
                counts: serde_json::from_str(&row.counts).unwrap_or_default(),
                by: row.started_by.and_then(|id| names.get(&kinfold_record::PersonId(id)).cloned()),
                row,
            })
            .collect())
    }

    /// Says of runs that a stop of the server cut short that they did not finish. What they brought in stays, and
    /// importing again completes it. Called once at the start.
    pub(crate) async fn close_broken_imports(&self) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        let mut any = false;
        for mut row in unit.import_runs(50).await? {
            if row.status == "running" {
                row.status = "failed".to_owned();
                unit.update_import_run(&row).await?;
                any = true;
            }
        }
        if any {
            unit.commit().await?;
        }
        Ok(())
    }
}

/// A run that must be there.
async fn run_row(unit: &mut dyn kinfold_store::Unit, id: Uuid) -> Result<ImportRunRow> {
    unit.import_run(id).await?.ok_or(Error::Absent)
}
