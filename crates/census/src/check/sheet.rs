//! Tables from headings and rows of text, with any of their columns: how cases and tests hand over a return.

use smol_str::SmolStr;

use super::derived::Derived;
use super::findings::is_derived;
use crate::problem::Problems;
use crate::tables::{RowRef, Table, YearReturn};

/// A year's return being filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) rows: YearReturn,
    pub(crate) derived: Derived,
}

impl Sheet {
    /// A return of the year without tables.
    pub(crate) fn new(year: i16) -> Self {
        let rows = YearReturn { year, files: vec![String::new()], ..YearReturn::default() };
        Self { rows, derived: Derived::default() }
    }

    /// Adds a table. Columns it does not have read as blank; columns that the table does not know are passed over.
    pub(crate) fn add<'c>(
        &mut self,
        table: Table,
        columns: &[&str],
        rows: impl Iterator<Item = Vec<&'c str>>,
    ) {
        self.rows.sent.push(table);
        let places: Vec<Option<usize>> =
            table.columns().iter().map(|column| columns.iter().position(|c| c == column)).collect();
        let mut problems = Problems::new("", 0);
        for (row, line) in rows.zip(2u32..) {
            let cell = |at: usize| row.get(at).map_or("", |text| text.trim());
            let cells: Vec<&str> = places.iter().map(|at| at.map_or("", cell)).collect();
            self.rows.push(table, RowRef { file: 0, line }, &cells, &mut problems);
            for (at, column) in columns.iter().enumerate().filter(|(_, column)| is_derived(table, column)) {
                let list = match *column {
                    "UASC" => &mut self.derived.uasc,
                    "PL_LA" => &mut self.derived.pl_la,
                    "PL_LOCATION" => &mut self.derived.pl_location,
                    _ => &mut self.derived.pl_distance,
                };
                list.push(SmolStr::from(cell(at).to_uppercase()));
            }
        }
    }

    /// The return, its text in capitals, as the readers of files hand it over.
    #[cfg(test)]
    pub(crate) fn finish(mut self) -> (YearReturn, Derived) {
        self.rows.capitals();
        (self.rows, self.derived)
    }

    /// The return as it was written: a code in small letters is no code.
    pub(crate) fn finish_as_written(self) -> (YearReturn, Derived) {
        (self.rows, self.derived)
    }
}
