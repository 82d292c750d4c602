//! Making the return: every chronology is read once, a part at a time, and cut into this year's rows, last year's, and
//! what is held from before.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, Code, Purpose};
use kinfold_census::check::{Finding, NotRun, Returns, Supplied, check_on};
use kinfold_census::{
    ChildYears, HeldReturns, ProduceOptions, Produced, Return, TableRow, Unsaid, WrittenFile,
    produce_child_years,
};
use kinfold_record::{ChildId, Chronology, EntryId};
use kinfold_store::{EntryRow, Unit};
use rayon::prelude::*;
use serde_json::json;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{FIRST_YEAR, running_on};
use crate::actor::audit_line;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// Chronologies read and cut at a time.
const CHUNK: i64 = 1024;

/// Something a rule found, and whose it is.
#[derive(Debug)]
pub(super) struct Found {
    pub finding: Finding,
    pub child: ChildId,
    /// The entries that the row was made of; none for a row of last year's.
    pub entries: Vec<EntryId>,
}

/// A return that was made, for as long as nothing is recorded and the day lasts.
#[derive(Debug)]
pub(super) struct Kept {
    pub year: i16,
    pub today: Date,
    /// How many entries the record had.
    pub entries: i64,
    /// When the latest of them was recorded; `None` of an empty record.
    pub latest: Option<Timestamp>,
    pub made: Produced,
    /// By rule, table and row.
    pub found: Vec<Found>,
    pub asked: usize,
    pub not_run: Vec<NotRun>,
    pub unsaid: Vec<UnsaidLine>,
}

/// Something that the XML document cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsaidLine {
    /// The table.
    pub table: &'static str,
    /// What is lost, in plain words.
    pub what: &'static str,
    /// Of how many rows.
    pub rows: usize,
}

/// Holds the return that was made last. Whoever asks while it is made waits for it.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Option<Arc<Kept>>>);

/// A return as files, for the command line.
#[derive(Debug, Clone)]
pub struct WrittenReturn {
    /// The tables as CSV, or the one XML document.
    pub files: Vec<WrittenFile>,
    /// Children in it.
    pub children: usize,
    /// Cells that the record has nothing for.
    pub lacks: usize,
    /// What XML has no way to say, each with how many rows.
    pub unsaid: Vec<Unsaid>,
    /// Rows that break a rule.
    pub findings: usize,
    /// Rules that found something.
    pub rules: usize,
    /// How many rules were asked.
    pub asked: usize,
    /// Rules that could not be asked.
    pub not_run: Vec<NotRun>,
}

/// What is made in one go.
struct Cut {
    children: Vec<ChildYears>,
    latest: Option<Timestamp>,
}

impl Cut {
    fn and(mut self, other: Self) -> Self {
        self.children.extend(other.children);
        self.latest = self.latest.max(other.latest);
        self
    }

    const fn nothing() -> Self {
        Self { children: Vec::new(), latest: None }
    }
}

impl Casework {
    /// The return of a year, made when it is not at hand.
    pub(super) async fn returned(&self, year: i16) -> Result<Arc<Kept>> {
        let today = self.today();
        if !(FIRST_YEAR..=running_on(today)).contains(&year) {
            return Err(Error::Absent);
        }
        let mut shelf = self.house.returned.0.lock().await;
        let mut unit = self.house.store.read().await?;
        // Entries are only ever added, so their number tells whether there are new ones.
        let entries = unit.count_entries().await?;
        if let Some(kept) = shelf.as_ref()
            && (kept.today, kept.entries, kept.year) == (today, entries, year)
        {
            return Ok(Arc::clone(kept));
        }
        // Two of them would not be held in memory together.
        *shelf = None;
        let lists = self.return_lists();
        let options = ProduceOptions::new(year, today);
        let cut = cut_all(&mut *unit, &options).await?;
        drop(unit);
        let latest = cut.latest;
        let kept = tokio::task::block_in_place(|| {
            let held = HeldReturns::of(&options, cut.children);
            let supplied = lists.supplied(self.founded_code());
            let (made, (found, asked, not_run)) = checked(held, &supplied, today);
            let unsaid = unsaid_lines(&Return::write_xml(&made.year).unsaid);
            Arc::new(Kept { year, today, entries, latest, made, found, asked, not_run, unsaid })
        });
        *shelf = Some(Arc::clone(&kept));
        Ok(kept)
    }

    /// The part of some children in the return of a year. Rules that compare children find only what is between these.
    pub(super) async fn returned_of(&self, unit: &mut dyn Unit, ids: &[Uuid], year: i16) -> Result<Kept> {
        let (lists, today) = (self.return_lists(), self.today());
        if !(FIRST_YEAR..=running_on(today)).contains(&year) {
            return Err(Error::Absent);
        }
        let options = ProduceOptions::new(year, today);
        let rows = unit.entries_of(ids).await?;
        tokio::task::block_in_place(|| {
            let cut = cut_some(rows, &options)?;
            let held = HeldReturns::of(&options, cut.children);
            let supplied = lists.supplied(self.founded_code());
            let (made, (found, asked, not_run)) = checked(held, &supplied, today);
            let (entries, latest, unsaid) = (0, cut.latest, Vec::new());
            Ok(Kept { year, today, entries, latest, made, found, asked, not_run, unsaid })
        })
    }

    /// The return of a year as it was known at a moment, made on a day: nothing of it is kept.
    pub(super) async fn made_again(
        &self,
        year: i16,
        today: Date,
        known_at: Option<Timestamp>,
    ) -> Result<Produced> {
        let options = ProduceOptions { known_at, ..ProduceOptions::new(year, today) };
        let mut unit = self.house.store.read().await?;
        let cut = cut_all(&mut *unit, &options).await?;
        Ok(tokio::task::block_in_place(|| HeldReturns::of(&options, cut.children).this))
    }

    /// The return of a year as files: for the command line, whose user has the database. The log says that it was made.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a year that cannot be made; when the store does not answer.
    pub async fn written_return(
        &self,
        year: i16,
        known_at: Option<Timestamp>,
        xml: bool,
    ) -> Result<WrittenReturn> {
        let runs = running_on(self.today());
        if !(FIRST_YEAR..=runs).contains(&year) {
            let words = format!("There is no return of {year}. Choose a year from {FIRST_YEAR} to {runs}.");
            return Err(Error::invalid("year", words));
        }
        let (lists, today) = (self.return_lists(), self.today());
        let options = ProduceOptions { known_at, ..ProduceOptions::new(year, today) };
        let mut unit = self.house.store.read().await?;
        let cut = cut_all(&mut *unit, &options).await?;
        drop(unit);
        let (made, (found, asked, not_run)) = tokio::task::block_in_place(|| {
            let held = HeldReturns::of(&options, cut.children);
            checked(held, &lists.supplied(self.founded_code()), today)
        });
        let (files, unsaid) = if xml {
            let written = Return::write_xml(&made.year);
            (vec![written.file], written.unsaid)
        } else {
            (Return::write_csv(&made.year), Vec::new())
        };
        let children = made.origins.children().len();
        let detail = json!({"year": year, "format": if xml { "xml" } else { "csv" }, "children": children});
        let action = Action::ExportReturn.as_str();
        let line = audit_line(self.now(), None, None, action, None, Purpose::StatutoryReturn, true, &detail);
        let mut unit = self.house.store.write().await?;
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        let rules = found.chunk_by(|a, b| a.finding.rule.code == b.finding.rule.code).count();
        let (lacks, findings) = (made.lacks.len(), found.len());
        Ok(WrittenReturn { files, children, lacks, unsaid, findings, rules, asked, not_run })
    }
}

async fn cut_all(unit: &mut dyn Unit, options: &ProduceOptions) -> Result<Cut> {
    let mut all = Cut::nothing();
    let mut after = None;
    loop {
        let ids: Vec<Uuid> = unit.all_projections(after, CHUNK).await?.into_iter().map(|l| l.id).collect();
        let Some(end) = ids.last() else { return Ok(all) };
        after = Some(*end);
        let rows = unit.entries_of(&ids).await?;
        let cut = tokio::task::block_in_place(|| cut_some(rows, options))?;
        all = all.and(cut);
    }
}

fn cut_some(rows: Vec<EntryRow>, options: &ProduceOptions) -> Result<Cut> {
    let mut by_child: HashMap<Uuid, Vec<EntryRow>> = HashMap::new();
    for row in rows {
        by_child.entry(row.child).or_default().push(row);
    }
    by_child
        .into_par_iter()
        .try_fold(Cut::nothing, |mut cut, (child, rows)| {
            cut.latest = cut.latest.max(rows.iter().map(|row| row.recorded_at).max());
            let chronology = chronology(child, &rows)?;
            cut.children.extend(produce_child_years(&chronology, options));
            Ok(cut)
        })
        .try_reduce(Cut::nothing, |one, other| Ok(one.and(other)))
}

fn chronology(child: Uuid, rows: &[EntryRow]) -> Result<Chronology> {
    let entries = rows.iter().map(EntryRow::entry).collect::<Result<Vec<_>, _>>()?;
    Chronology::new(ChildId(child), entries)
        .map_err(|e| Error::Internal(format!("a chronology cannot be read: {e}")))
}

/// What XML cannot say, added up by table and kind of loss.
fn unsaid_lines(unsaid: &[Unsaid]) -> Vec<UnsaidLine> {
    let mut lines: Vec<UnsaidLine> = Vec::new();
    for lost in unsaid {
        let table = lost.table.title();
        match lines.iter_mut().find(|line| (line.table, line.what) == (table, lost.what)) {
            Some(line) => line.rows += 1,
            None => lines.push(UnsaidLine { table, what: lost.what, rows: 1 }),
        }
    }
    lines
}

/// What the rules found, how many were asked, and which were not.
type Told = (Vec<Found>, usize, Vec<NotRun>);

/// What the rules find in a return beside everything held from before it. Of a year that runs they are asked as it is
/// made: as though it ended today.
fn checked(held: HeldReturns, supplied: &Supplied<'_>, today: Date) -> (Produced, Told) {
    let HeldReturns { this: made, last, earlier } = held;
    // A row of last year's whose child is not in this year's can only be told by the child's own number.
    let of_last: HashMap<String, ChildId> = last
        .year
        .header
        .iter()
        .zip(0..)
        .filter_map(|(row, at)| {
            let origin = last.origins.of(kinfold_census::Table::Header, at)?;
            Some((row.child().raw().to_owned(), origin.child))
        })
        .collect();
    let returns = Returns::with_history(made.year.clone(), Some(last.year), earlier, supplied);
    let report = check_on(&returns, supplied, today);
    let found = report.findings.into_iter().filter_map(|finding| {
        if finding.last_year {
            let child = *of_last.get(finding.child.as_str())?;
            return Some(Found { finding, child, entries: Vec::new() });
        }
        let origin = made.origin_at(finding.at)?;
        Some(Found { child: origin.child, entries: origin.entries.to_vec(), finding })
    });
    let told = (found.collect(), report.run.len(), report.not_run);
    (made, told)
}
