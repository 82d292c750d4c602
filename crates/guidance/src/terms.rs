//! School terms: `guidance/terms.toml`. A council's own file replaces the national one, since terms differ.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::table::{Reading, Table};

/// One school term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// "Autumn 2026".
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// Reads `[[term]]` tables, oldest first, not overlapping.
pub(crate) fn read(reading: &Reading<'_>, root: &DeTable<'_>) -> Vec<Term> {
    let table = Table::new(reading, root, 0..0, "the file of terms");
    let mut out: Vec<Term> = Vec::new();
    for t in table.tables("term") {
        let name = t.must("name", t.text("name"));
        let from = t.must("from", t.date("from"));
        let to = t.must("to", t.date("to"));
        if let (Some(name), Some(from), Some(to)) = (name, from, to) {
            if to < from {
                t.at("to", format!("{name} ends before it starts"), None);
            } else if out.last().is_some_and(|last| last.to >= from) {
                t.at(
                    "from",
                    format!("{name} starts before the term above it has ended"),
                    Some("Put the terms in order.".into()),
                );
            } else {
                out.push(Term { name: name.to_owned(), from, to });
            }
        }
        t.finish();
    }
    table.finish();
    out
}
