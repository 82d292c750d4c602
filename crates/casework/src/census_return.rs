//! The statutory return (SSDA903), made from the record: what will be returned, what its rules find, signing it off, and
//! the files. Everybody whom the collection asks for stands in it, restricted or not; on a page a restricted record is
//! a number and nothing else.

mod asks;
mod children;
mod eyes;
mod lists;
mod make;
mod own;
mod sign;

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_census::check::NotRun;
use kinfold_census::{Table, rules};
use kinfold_record::ChildId;
use serde_json::json;

pub use asks::{Asked, AskedChild, PutRight};
pub use children::{ClosedFindings, Fix, ReturnChild, ReturnChildren, ReturnFinding, ReturnRow, ReturnTable};
pub(crate) use eyes::Eyes;
pub use kinfold_census::WrittenFile;
pub use kinfold_census::check::{NotRun as RuleNotRun, collection};
pub use kinfold_census::rules::Page as RuleManual;
pub use lists::{DatedList, ListInUse, ListsInUse, ReturnLists, authority_code};
pub(crate) use make::Shelf;
pub use make::{UnsaidLine, WrittenReturn};
pub use own::{MyReturn, OwnReturn};
pub use sign::{FileKind, SignedReturn};

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use make::Kept;

/// The first collection whose rules Kinfold knows: 2022-23.
const FIRST_YEAR: i16 = 2023;

/// A collection that can be made.
#[derive(Debug, Clone)]
pub struct ReturnYear {
    /// The year in whose March it ends.
    pub year: i16,
    /// Whether it still runs: the return is then as it would be if it ended today.
    pub running: bool,
    /// When it was signed off, the latest last.
    pub signed: Vec<SignedReturn>,
}

/// A rule that found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRule {
    /// Its code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub title: &'static str,
    /// Rows that break it.
    pub rows: usize,
    /// Children whose rows they are.
    pub children: usize,
}

/// What the record does not say, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackLine {
    /// The table of the return.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
    /// What to record.
    pub words: &'static str,
    /// Of how many children.
    pub children: usize,
}

/// A return, as it would be sent now.
#[derive(Debug, Clone)]
pub struct ReturnPage {
    /// The year in whose March the collection ends.
    pub year: i16,
    /// Whether it still runs.
    pub running: bool,
    /// The day it was made.
    pub today: Date,
    /// Children in it.
    pub children: usize,
    /// Of them, those whose records this person may not open.
    pub closed: usize,
    /// Rows of each table.
    pub tables: Vec<(&'static str, usize)>,
    /// Rules that found something, in the order of the rules.
    pub found: Vec<FoundRule>,
    /// How many rules were asked.
    pub asked: usize,
    /// Rules that could not be asked.
    pub not_run: Vec<NotRun>,
    /// What the rules were given beside the record.
    pub lists: ListsInUse,
    /// What the XML document cannot say of this return.
    pub unsaid: Vec<UnsaidLine>,
    /// What the record does not say.
    pub lacks: Vec<LackLine>,
    /// Which state of the record this was made of: signing off names it, so that nobody signs what they did not see.
    pub seen: i64,
    /// When it was signed off, the latest last.
    pub signed: Vec<SignedReturn>,
}

/// A rule's page in the manual.
#[derive(Debug, Clone)]
pub struct ReturnRule {
    /// Its code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub title: &'static str,
    /// The collections in which it is asked, and what it cannot be asked without.
    pub versions: Vec<(String, Vec<String>)>,
    /// What it does, why it matters, how to put it right, an example.
    pub manual: RuleManual,
}

/// Whether there is a rule of this code.
pub fn is_rule(code: &str) -> bool {
    rules::find(code).is_some()
}

/// The year of the collection that runs on a day.
fn running_on(today: Date) -> i16 {
    if (today.month(), today.day()) > (3, 31) { today.year().saturating_add(1) } else { today.year() }
}

impl Casework {
    /// The collections that can be made, newest first, and what was signed off of each.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make the return.
    pub async fn return_years(&self, actor: &Actor) -> Result<Vec<ReturnYear>> {
        actor.require(Action::ExportReturn)?;
        let runs = running_on(self.today());
        let mut unit = self.house.store.glance().await?;
        let mut years = Vec::new();
        for year in (FIRST_YEAR..=runs).rev().take(5) {
            let signed = sign::signed(&mut *unit, year).await?;
            years.push(ReturnYear { year, running: year == runs, signed });
        }
        drop(unit);
        self.note_return(actor, &json!({"page": "years"})).await?;
        Ok(years)
    }

    /// The return of a year as it would be sent now, with what its rules find.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make the return, or for a year that cannot be made.
    pub async fn return_for(&self, actor: &Actor, year: i16) -> Result<ReturnPage> {
        actor.require(Action::ExportReturn)?;
        let kept = self.returned(year).await?;
        let children = kept.made.origins.children();
        let open = self.open_children(actor, children).await?.len();
        let mut unit = self.house.store.glance().await?;
        let signed = sign::signed(&mut *unit, year).await?;
        drop(unit);
        self.note_return(actor, &json!({"page": "return", "year": year, "children": children.len()})).await?;
        Ok(ReturnPage {
            year,
            running: year == running_on(kept.today),
            today: kept.today,
            children: children.len(),
            closed: children.len().saturating_sub(open),
            tables: kept.made.year.sent_in_order().map(|t| (t.title(), kept.made.year.rows(t))).collect(),
            found: found_rules(&kept),
            asked: kept.asked,
            not_run: kept.not_run.clone(),
            lists: self.return_lists_in_use(),
            unsaid: kept.unsaid.clone(),
            lacks: lack_lines(&kept),
            seen: kept.entries,
            signed,
        })
    }

    /// A rule's page in the manual: for everybody, since it is about nobody, and whoever records something may be
    /// pointed to it.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such rule.
    pub fn return_rule(&self, code: &str) -> Result<ReturnRule> {
        let entry = rules::find(code).ok_or(Error::Absent)?;
        let versions = entry.rule.versions.iter().map(|v| (v.years(), v.wants())).collect();
        Ok(ReturnRule { code: entry.rule.code, title: entry.rule.title, versions, manual: entry.page() })
    }

    async fn note_return(&self, actor: &Actor, detail: &serde_json::Value) -> Result<()> {
        let line = actor.line(Action::ExportReturn.as_str(), None, true, detail);
        self.house.pen.write(vec![line]).await
    }
}

/// The tables of a return in the order of the collection.
trait InOrder {
    fn sent_in_order(&self) -> impl Iterator<Item = Table> + '_;
}

impl InOrder for kinfold_census::YearReturn {
    fn sent_in_order(&self) -> impl Iterator<Item = Table> + '_ {
        Table::ALL.iter().copied().filter(|table| self.sent.contains(table))
    }
}

fn found_rules(kept: &Kept) -> Vec<FoundRule> {
    let mut lines: Vec<(FoundRule, HashSet<ChildId>)> = Vec::new();
    for found in &kept.found {
        let rule = found.finding.rule;
        // Findings come by rule.
        if lines.last().is_none_or(|(line, _)| line.code != rule.code) {
            let line = FoundRule { code: rule.code, title: rule.title, rows: 0, children: 0 };
            lines.push((line, HashSet::new()));
        }
        if let Some((line, children)) = lines.last_mut() {
            line.rows += 1;
            children.insert(found.child);
            line.children = children.len();
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

fn lack_lines(kept: &Kept) -> Vec<LackLine> {
    let mut lines: BTreeMap<(&str, &str), (LackLine, HashSet<ChildId>)> = BTreeMap::new();
    for lack in &kept.made.lacks {
        let (line, children) = lines.entry((lack.table.title(), lack.column)).or_insert_with(|| {
            let (table, words) = (lack.table.title(), lack.source.words);
            (LackLine { table, column: lack.column, words, children: 0 }, HashSet::new())
        });
        children.insert(lack.child);
        line.children = children.len();
    }
    lines.into_values().map(|(line, _)| line).collect()
}
