//! Collects a child's entries, and refuses those that cannot be true.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_record::{Event, EventKind, Sensitivity};
use serde::Serialize;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::ImportedEntry;
use super::rows::{Origin, Seen, hidden};
use crate::cell::{Cell, Text};
use crate::codes::CodeList;
use crate::problem::{Level, RowError};
use crate::tables::TableRow;

/// Longer than any text of the return: the longest, a social worker's number, has about ten characters.
const LONGEST_LINE: usize = 40;

pub(super) struct Writer<'e> {
    pub(super) local_id: &'e str,
    pub(super) born: Date,
    pub(super) today: Date,
    pub(super) errors: &'e mut Vec<RowError>,
    entries: Vec<ImportedEntry>,
    keys: HashSet<String>,
    /// Reused for every digest.
    json: Vec<u8>,
}

/// What an entry's digest is taken of: all that it says, and not where it was read.
#[derive(Serialize)]
pub(super) struct Said<'a> {
    pub(super) happened_on: Date,
    pub(super) sensitivity: Sensitivity,
    pub(super) event: &'a Event,
}

/// One fact on its way to become an entry.
pub(super) struct Fact<'a> {
    /// The column its day comes from, for errors.
    pub(super) column: &'a str,
    pub(super) on: Date,
    pub(super) event: Event,
    pub(super) sensitivity: Sensitivity,
    /// What the key ends with instead of the day; nothing at all when empty.
    pub(super) tag: Option<&'a str>,
    /// What is put behind the source.
    pub(super) remark: Option<&'a str>,
}

impl<'a> Fact<'a> {
    pub(super) fn new(column: &'a str, on: Date, event: Event) -> Self {
        Self { column, on, event, sensitivity: Sensitivity::Ordinary, tag: None, remark: None }
    }

    pub(super) fn sensitivity(self, sensitivity: Sensitivity) -> Self {
        Self { sensitivity, ..self }
    }

    pub(super) fn tag(self, tag: &'a str) -> Self {
        Self { tag: Some(tag), ..self }
    }

    pub(super) fn remark(self, remark: &'a str) -> Self {
        Self { remark: Some(remark), ..self }
    }
}

impl<'e> Writer<'e> {
    /// `rows` is about how many entries there will be: an entry is large, and growing a list copies it.
    pub(super) fn new(
        local_id: &'e str,
        born: Date,
        today: Date,
        rows: usize,
        errors: &'e mut Vec<RowError>,
    ) -> Self {
        Self {
            local_id,
            born,
            today,
            errors,
            entries: Vec::with_capacity(rows),
            keys: HashSet::with_capacity(rows),
            json: Vec::new(),
        }
    }

    /// Adds a fact, unless it cannot be true. Whether it was added.
    pub(super) fn add(&mut self, from: Origin<'_>, fact: Fact<'_>) -> bool {
        let kind = fact.event.kind();
        let key = match fact.tag {
            Some("") => format!("ssda903:{}:{}", self.local_id, kind.as_str()),
            Some(tag) => format!("ssda903:{}:{}:{tag}", self.local_id, kind.as_str()),
            None => format!("ssda903:{}:{}:{}", self.local_id, kind.as_str(), fact.on),
        };
        let wrong = if fact.on < self.born {
            Some(
                "This is before the child was born, so it was left out. Correct this date or the date of birth.",
            )
        } else if fact.on > self.today {
            Some(
                "This is in the future, so it was left out. Correct the date, or import again when it has happened.",
            )
        } else if self.keys.contains(&key) {
            Some(
                "Another row says that the same thing happened on the same day, so this one was left out. Take one of them away.",
            )
        } else {
            None
        };
        if let Some(reason) = wrong {
            let day = fact.on.strftime("%d/%m/%Y").to_string();
            self.errors
                .push(RowError::line(Level::Error, from.file, from.line, reason).cell(fact.column, &day));
            return false;
        }
        self.keys.insert(key.clone());
        let mut source = from.source();
        if let Some(remark) = fact.remark {
            source = format!("{source} ({remark})");
        }
        let said = Said { happened_on: fact.on, sensitivity: fact.sensitivity, event: &fact.event };
        let digest = digest(&said, &mut self.json);
        self.entries.push(ImportedEntry {
            key,
            digest,
            happened_on: fact.on,
            event: fact.event,
            source,
            sensitivity: fact.sensitivity,
        });
        true
    }

    pub(super) fn error<R: TableRow>(&mut self, from: Seen<'_, R>, column: &str, reason: impl Into<String>) {
        self.errors.push(from.cell(Level::Error, column, reason));
    }

    pub(super) fn note<R: TableRow>(&mut self, from: Seen<'_, R>, column: &str, reason: impl Into<String>) {
        self.errors.push(from.cell(Level::Note, column, reason));
    }

    /// The code of a cell. A code that the list does not know is reported and left out.
    pub(super) fn code<R: TableRow>(
        &mut self,
        from: Seen<'_, R>,
        column: &str,
        cell: &Text,
        list: CodeList,
    ) -> Option<SmolStr> {
        let raw = cell.value()?;
        let found = list.find(raw);
        if found.is_none() {
            let reason = format!(
                "This code is not known, so it was left out. {column} can be {}.",
                list.codes().join(", ")
            );
            self.error(from, column, reason);
        }
        found
    }

    /// A short text that no list bounds: a postcode, a registration number. One that nobody could have meant is reported
    /// and left out.
    pub(super) fn line<R: TableRow>(
        &mut self,
        from: Seen<'_, R>,
        column: &str,
        cell: &Text,
    ) -> Option<String> {
        let text = cell.value()?;
        if text.chars().nth(LONGEST_LINE).is_some() || text.chars().any(hidden) {
            let reason = "This is too long, or has characters that cannot be shown, so it was left out. Write it again.";
            self.error(from, column, reason);
            return None;
        }
        Some(text.to_string())
    }

    /// The day of a cell that must have one. One that could not be read was reported when the file was read.
    pub(super) fn day<R: TableRow>(
        &mut self,
        from: Seen<'_, R>,
        column: &str,
        cell: &Cell<Date>,
    ) -> Option<Date> {
        if cell.is_blank() {
            self.error(from, column, "The date is missing, so the row was left out. Give the date.");
        }
        cell.value()
    }

    /// The end of something that started: not before the start. Reported and left out if it is.
    pub(super) fn end<R: TableRow>(
        &mut self,
        from: Seen<'_, R>,
        column: &str,
        start: Date,
        cell: &Cell<Date>,
    ) -> Option<Date> {
        let end = cell.value()?;
        if end < start {
            let reason = format!(
                "This ends before it starts ({}). The end was left out: correct one of the two dates.",
                start.strftime("%d/%m/%Y")
            );
            self.error(from, column, reason);
            return None;
        }
        Some(end)
    }

    /// The first day that anything is known of.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.entries.iter().map(|e| e.happened_on).min()
    }

    pub(super) fn finish(mut self) -> Vec<ImportedEntry> {
        let rank =
            |e: &ImportedEntry| (e.event.kind() != EventKind::ChildRegistered, e.happened_on, e.event.kind());
        self.entries.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key)));
        self.entries
    }
}

#[expect(clippy::expect_used, reason = "an event is plain data: it has no map with keys that are not text")]
pub(super) fn digest(said: &Said<'_>, json: &mut Vec<u8>) -> String {
    json.clear();
    serde_json::to_writer(&mut *json, said).expect("an event can be written as JSON");
    let hash = Sha256::digest(&json);
    let mut out = String::with_capacity(32);
    for half in hash.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]) {
        out.extend(char::from_digit(u32::from(half), 16));
    }
    out
}
