//! Imports: what was brought in, so that bringing it again changes nothing and a whole import can be undone.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// One run of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRunRow {
    /// This run.
    pub id: Uuid,
    /// Who started it; `None` from the command line.
    pub started_by: Option<Uuid>,
    /// When.
    pub started_at: Timestamp,
    /// What was read: the name of the folder or file.
    pub source_name: String,
    /// The hash of what was read.
    pub digest: String,
    /// "running", "done", "failed" or "undone".
    pub status: String,
    /// What came of it, as JSON.
    pub counts: String,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// A row of a source that has become an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportSeenRow {
    /// Which row: "ssda903:100031:episodes:2019-04-01".
    pub key: String,
    /// The hash of its text.
    pub digest: String,
    /// The entry it became.
    pub entry: Uuid,
}

/// Imports.
#[async_trait]
pub trait Imports: Send {
    /// Adds a run.
    async fn insert_import_run(&mut self, row: &ImportRunRow) -> Result<()>;
    /// Changes the status, counts and undone instant of a run.
    async fn update_import_run(&mut self, row: &ImportRunRow) -> Result<()>;
    /// A run.
    async fn import_run(&mut self, id: Uuid) -> Result<Option<ImportRunRow>>;
    /// The runs, newest first, at most `limit`.
    async fn import_runs(&mut self, limit: i64) -> Result<Vec<ImportRunRow>>;
    /// Which children the keys of a source name stand for; keys not known are left out.
    async fn children_by_import_key(&mut self, keys: &[String]) -> Result<Vec<(String, Uuid)>>;
    /// Remembers which child a key stands for; [`crate::Error::Duplicate`] when it is known.
    async fn insert_import_keys(&mut self, rows: &[(String, Uuid)]) -> Result<()>;
    /// What is known of these source rows; those not seen are left out.
    async fn import_seen(&mut self, keys: &[String]) -> Result<Vec<ImportSeenRow>>;
    /// What is known of the source rows that stand in the chronologies of these children.
    async fn import_seen_of(&mut self, children: &[Uuid]) -> Result<Vec<ImportSeenRow>>;
    /// Children with one of these local identifiers (normalised as the search terms are), whoever may see them: for
    /// imports, never for people.
    async fn children_by_local_id(&mut self, terms: &[String]) -> Result<Vec<(String, Uuid)>>;
    /// Remembers source rows, replacing what was known of the same key.
    async fn save_import_seen(&mut self, rows: &[ImportSeenRow]) -> Result<()>;
    /// Forgets source rows whose entries a run brought, so that they may be imported again after an undo.
    async fn forget_import_seen(&mut self, run: Uuid) -> Result<u64>;
}
