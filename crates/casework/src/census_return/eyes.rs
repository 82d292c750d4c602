//! What of a return somebody may read beside a child's name, and where a finding is put right.

use std::collections::HashMap;

use kinfold_access::{Action, ActionSet};
use kinfold_census::check::Version;
use kinfold_census::{Source, Table, recorded_by};
use kinfold_record::{EntryId, EventKind, Sensitivity, Strand};

use super::children::Fix;
use super::make::Found;
use crate::child::Looked;
use crate::record::usual_sensitivity_of;

/// What of a child's rows somebody may read beside the child's name. The files hold everything, by number: that is the
/// right to make the return. A page says no more of a named child than the record does.
pub(crate) struct Eyes {
    may: ActionSet,
    /// Whether where the child lives may be known.
    place: bool,
}

impl Eyes {
    pub(crate) fn of(looked: &Looked) -> Self {
        let may = looked.handle.may;
        let place = !looked.timeline.placements.iter().any(|p| p.address_confidential)
            || may.has(Action::ViewConfidentialAddress);
        Self { may, place }
    }

    pub(crate) fn see(&self, table: Table, column: &str) -> bool {
        let place = matches!(column, "PL_POST" | "URN" | "PL_LA" | "PL_LOCATION" | "PL_DISTANCE");
        if place && !(self.place && self.may.has(Action::ViewAddress)) {
            return false;
        }
        match column {
            // The child's own number and birthday repeat in every table.
            "CHILD" | "DOB" => true,
            "UPN" => self.may.has(Action::ViewIdentity),
            "HOME_POST" => self.may.has(Action::ViewAddress),
            _ => recorded_by(table, column).is_none_or(|source| self.reads(source.kind)),
        }
    }

    fn reads(&self, kind: EventKind) -> bool {
        self.may.may_read(kind.strand(), usual_sensitivity_of(kind))
    }

    /// What a finding is about that this person may not read, in a word or two; `None` when it may be read. The words of
    /// a rule tell as much as the cells it looks at, so they are shown to whoever may read all of those.
    pub(crate) fn hides(&self, version: &Version, table: Table) -> Option<&'static str> {
        let tables = std::iter::once(table).chain(version.tables.iter().copied());
        tables.into_iter().find_map(|table| self.hides_of(version, table))
    }

    fn hides_of(&self, version: &Version, table: Table) -> Option<&'static str> {
        let shown: Vec<&'static str> =
            version.fields.iter().copied().filter(|field| of_table(table, field)).collect();
        let says_something = shown.iter().any(|field| !matches!(*field, "CHILD" | "DOB"));
        // Everybody has a row in Header and in Episodes. In the other tables the row itself says something, so a rule
        // that shows nothing of it but whose it is is about all of it.
        let columns = if says_something || matches!(table, Table::Header | Table::Episodes) {
            shown
        } else {
            table.columns().to_vec()
        };
        let hidden = |column: &&&'static str| {
            !self.see(table, column) && !self.reads_the_like(table, column, &columns)
        };
        columns.iter().find(hidden).map(|column| about(table, column))
    }

    /// Whether another of the columns, of the same part of the child's life, may be read: a rule about the yearly health
    /// answers is for whoever reads about health, though one of the answers stays hidden in its cell. Where a child
    /// lives is another matter than how.
    fn reads_the_like(&self, table: Table, hidden: &str, columns: &[&'static str]) -> bool {
        let strand = |column: &str| recorded_by(table, column).map(|source| source.kind.strand());
        let place = matches!(hidden, "PL_POST" | "URN" | "HOME_POST" | "UPN");
        let Some(of) = strand(hidden).filter(|_| !place) else { return false };
        columns.iter().any(|column| strand(column) == Some(of) && self.see(table, column))
    }
}

/// Whether a table has a column, as it is sent or worked out.
fn of_table(table: Table, column: &str) -> bool {
    table.columns().contains(&column)
        || table == Table::Episodes && matches!(column, "PL_LA" | "PL_LOCATION" | "PL_DISTANCE")
}

/// What a column is about, for somebody who may not read it.
fn about(table: Table, column: &str) -> &'static str {
    match column {
        "PL_POST" | "URN" | "PL_LA" | "PL_LOCATION" | "PL_DISTANCE" | "HOME_POST" => "where the child lives",
        "UPN" => "who the child is",
        _ => match recorded_by(table, column).map(|source| source.kind) {
            Some(kind) => of_kind(kind),
            None => "something else",
        },
    }
}

fn of_kind(kind: EventKind) -> &'static str {
    match (usual_sensitivity_of(kind), kind.strand()) {
        (_, Strand::Law) => "legal status",
        (_, Strand::Health) => "health",
        (Sensitivity::Safeguarding, _) => "safety",
        (Sensitivity::ThirdParty, _) => "other people",
        _ => "something else",
    }
}

/// For each kind of event behind the columns of a finding, once: the entry of the row to correct, or that a new one is
/// to be recorded. A finding of a row that another table should have answered is put right there.
pub(super) fn fixes(
    found: &Found,
    kinds: &HashMap<EntryId, String>,
    may: impl Fn(EventKind) -> bool,
) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = Vec::new();
    for (column, _) in &found.finding.cells {
        let Some(source) = recorded_by(found.finding.table, column) else { continue };
        if fixes.iter().any(|fix| fix.kind == source.kind) {
            continue;
        }
        let of_kind = |entry: &&EntryId| kinds.get(*entry).is_some_and(|k| k == source.kind.as_str());
        let entry = found.entries.iter().find(of_kind).copied();
        fixes.push(Fix { kind: source.kind, entry, words: source.words, may: may(source.kind) });
    }
    if fixes.is_empty() {
        let other = |table: &&Table| !matches!(table, Table::Header | Table::Episodes);
        let tables = found.finding.version.tables.iter().filter(|table| **table != found.finding.table);
        let sources = tables.filter(other).filter_map(|table| {
            table.columns().iter().filter(|column| **column != "CHILD").find_map(|c| recorded_by(*table, c))
        });
        let fix = |source: Source| Fix {
            kind: source.kind,
            entry: None,
            words: source.words,
            may: may(source.kind),
        };
        fixes.extend(sources.map(fix));
    }
    fixes
}
