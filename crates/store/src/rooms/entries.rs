//! The entries of the chronologies: append-only.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use kinfold_record::Entry;
use uuid::Uuid;

use crate::{Error, Result};

/// An entry as stored: the whole entry as JSON, and the columns it is found by.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// Its place in the order of recording in this database; 0 for a row not yet stored.
    pub seq: i64,
    /// Its id; unique.
    pub id: Uuid,
    /// Whose chronology it stands in.
    pub child: Uuid,
    /// The kind of event.
    pub kind: String,
    /// The day it happened.
    pub happened_on: civil::Date,
    /// The time of day, where hours matter.
    pub happened_at: Option<civil::Time>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// Where it came from when not typed by a person.
    pub source: Option<String>,
    /// How sensitive it is.
    pub sensitivity: String,
    /// The entry it corrects or withdraws.
    pub replaces: Option<Uuid>,
    /// The import that brought it.
    pub import_run: Option<Uuid>,
    /// The whole entry, as JSON.
    pub body: String,
}

impl EntryRow {
    /// The row that stores an entry.
    pub fn of(entry: &Entry, import_run: Option<Uuid>) -> Result<Self> {
        let body =
            serde_json::to_string(entry).map_err(|e| Error::Corrupt(format!("entry {}: {e}", entry.id)))?;
        Ok(Self {
            seq: 0,
            id: entry.id.0,
            child: entry.child.0,
            kind: entry.event.kind().as_str().to_owned(),
            happened_on: entry.happened_on,
            happened_at: entry.happened_at,
            recorded_at: entry.recorded_at,
            recorded_by: entry.recorded_by.map(|p| p.0),
            source: entry.source.clone(),
            sensitivity: entry.sensitivity.as_str().to_owned(),
            replaces: entry.replaces.map(|e| e.0),
            import_run,
            body,
        })
    }

    /// The entry that is stored.
    pub fn entry(&self) -> Result<Entry> {
        // What the reader of JSON says may hold words of the entry, and this is for logs and terminals.
        serde_json::from_str(&self.body)
            .map_err(|e| Error::Corrupt(format!("entry {}, from column {} on", self.id, e.column())))
    }
}

/// The entries.
#[async_trait]
pub trait Entries: Send {
    /// Appends to the chronology of a child that is still at `expected_version`, in the order given; answers the new
    /// version. [`Error::Conflict`] carries the version it has. An empty slice still moves the version.
    async fn append_entries(&mut self, child: Uuid, expected_version: i64, rows: &[EntryRow]) -> Result<i64>;
    /// Appends entries of many children without looking at versions, for imports; each child's version grows by one.
    async fn insert_entries(&mut self, rows: &[EntryRow]) -> Result<()>;
    /// The chronology of a child, in order of recording.
    async fn entries(&mut self, child: Uuid) -> Result<Vec<EntryRow>>;
    /// The chronologies of some children, in order of child and recording.
    async fn entries_of(&mut self, children: &[Uuid]) -> Result<Vec<EntryRow>>;
    /// One entry.
    async fn entry(&mut self, id: Uuid) -> Result<Option<EntryRow>>;
    /// The entries an import brought, in order of recording after `after`, at most `limit`.
    async fn entries_of_run(&mut self, run: Uuid, after: i64, limit: i64) -> Result<Vec<EntryRow>>;
    /// Every entry, in order of recording after `after`, at most `limit`.
    async fn entries_after(&mut self, after: i64, limit: i64) -> Result<Vec<EntryRow>>;
    /// How many entries there are.
    async fn count_entries(&mut self) -> Result<i64>;
}
