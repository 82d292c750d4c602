//! What a run of the rules found, what it asked, and what it could not ask.

use smol_str::SmolStr;

use super::returns::Returns;
use super::rule::{Rule, Version};
use super::view::Row;
use crate::tables::{RowRef, Table, TableRow};

/// Where a rule was broken, before the report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) rule: u16,
    pub(crate) table: Table,
    pub(crate) is_last: bool,
    pub(crate) row: u32,
}

/// Where a rule puts what it finds. The same row may be flagged more than once: it counts once.
#[derive(Debug, Default)]
pub struct Findings {
    pub(crate) rule: u16,
    pub(crate) hits: Vec<Hit>,
    /// How many hits there may be before those that stand there twice are taken out.
    room: usize,
}

/// The least room there is.
const ROOM: usize = 4096;

impl Findings {
    /// What this rule finds.
    pub(crate) fn of(rule: u16) -> Self {
        Self { rule, ..Self::default() }
    }

    /// This row breaks the rule.
    pub fn flag<T: TableRow>(&mut self, row: &Row<'_, T>) {
        self.hit(Hit { rule: self.rule, table: T::TABLE, is_last: row.is_last_year(), row: row.index() });
    }

    /// A rule that compares every row of a child with every other flags a row as often as there are others: what is kept
    /// does not grow with that.
    fn hit(&mut self, hit: Hit) {
        if self.hits.last() == Some(&hit) {
            return;
        }
        if self.hits.len() >= self.room.max(ROOM) {
            self.hits.sort_unstable();
            self.hits.dedup();
            self.room = self.hits.len() * 2;
        }
        self.hits.push(hit);
    }

    /// This row breaks the rule if that is so.
    pub fn flag_if<T: TableRow>(&mut self, broken: bool, row: &Row<'_, T>) {
        if broken {
            self.flag(row);
        }
    }

    /// All these rows break the rule.
    pub fn flag_all<'a, T: TableRow + 'a>(&mut self, rows: impl IntoIterator<Item = Row<'a, T>>) {
        for row in rows {
            self.flag(&row);
        }
    }
}

/// A row that breaks a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How it is asked in this year.
    pub version: &'static Version,
    /// The table of the row.
    pub table: Table,
    /// Whether the row is of last year's return.
    pub last_year: bool,
    /// Position of the row in its table, from 0.
    pub row: u32,
    /// The file and line of the row.
    pub at: RowRef,
    /// The local identifier of the child; may be empty.
    pub child: SmolStr,
    /// The columns that the rule shows of this table, and what stands in them.
    pub cells: Vec<(&'static str, SmolStr)>,
}

/// A rule that could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// Its code.
    pub code: &'static str,
    /// Why, in words for a person.
    pub because: String,
}

/// What a run of the rules gave.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What was found, by rule, table and row.
    pub findings: Vec<Finding>,
    /// The codes of the rules that were asked.
    pub run: Vec<&'static str>,
    /// The rules that could not be asked.
    pub not_run: Vec<NotRun>,
}

impl Finding {
    pub(crate) fn new(
        hit: Hit,
        rule: &'static Rule,
        version: &'static Version,
        returns: &Returns,
    ) -> Option<Self> {
        let year = returns.year(hit.is_last)?;
        let shown =
            |field: &&'static str| hit.table.columns().contains(field) || is_derived(hit.table, field);
        let cells =
            version.fields.iter().copied().filter(shown).map(|f| (f, year.cell(hit.table, hit.row, f)));
        Some(Self {
            rule,
            version,
            table: hit.table,
            last_year: hit.is_last,
            row: hit.row,
            at: year.rows.at(hit.table, hit.row as usize)?,
            child: year.cell(hit.table, hit.row, "CHILD"),
            cells: cells.collect(),
        })
    }
}

/// Whether a column is one that is worked out for a table.
pub(crate) fn is_derived(table: Table, column: &str) -> bool {
    match table {
        Table::Header => column == "UASC",
        Table::Episodes => matches!(column, "PL_LA" | "PL_LOCATION" | "PL_DISTANCE"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_flagged_again_and_again_takes_no_more_room() {
        let mut out = Findings::of(7);
        for row in (0..100_u32).cycle().take(100_000) {
            out.hit(Hit { rule: 7, table: Table::Missing, is_last: false, row });
            assert!(out.hits.len() <= ROOM);
        }
        out.hits.sort_unstable();
        out.hits.dedup();
        assert_eq!(out.hits.iter().map(|hit| hit.row).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
        for row in 0..10_000 {
            out.hit(Hit { rule: 7, table: Table::Missing, is_last: false, row });
        }
        out.hits.sort_unstable();
        out.hits.dedup();
        assert_eq!(out.hits.len(), 10_000, "nothing is lost");
    }
}
