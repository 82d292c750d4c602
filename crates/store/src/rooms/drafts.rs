//! Drafts that save themselves, and answers kept so that a double submit gets the first one.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A form half filled in by one person about one child.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftRow {
    /// Whose it is.
    pub person: Uuid,
    /// About which child; the nil UUID for a form about none.
    pub child: Uuid,
    /// Which form.
    pub form: String,
    /// The fields, encrypted by the caller.
    pub body: Vec<u8>,
    /// Grows by one with each save. A new draft: 0.
    pub version: i64,
    /// When it was saved.
    pub updated_at: Timestamp,
}

/// Drafts and kept answers.
#[async_trait]
pub trait Drafts: Send {
    /// A draft.
    async fn draft(&mut self, person: Uuid, child: Uuid, form: &str) -> Result<Option<DraftRow>>;
    /// The drafts of a person, newest first.
    async fn drafts_of(&mut self, person: Uuid) -> Result<Vec<DraftRow>>;
    /// Saves a draft whose version is still `row.version` (0: there is none yet); answers the new version.
    async fn save_draft(&mut self, row: &DraftRow) -> Result<i64>;
    /// Forgets a draft; `false` when there was none.
    async fn drop_draft(&mut self, person: Uuid, child: Uuid, form: &str) -> Result<bool>;
    /// Forgets drafts not saved since `before`.
    async fn sweep_drafts(&mut self, before: Timestamp) -> Result<u64>;

    /// The answer kept for a key of a person.
    async fn kept_answer(&mut self, key: &str, person: Uuid) -> Result<Option<String>>;
    /// Keeps the answer, or answers [`crate::Error::Duplicate`] when another unit has kept one first: roll back and
    /// read that one.
    async fn keep_answer(&mut self, key: &str, person: Uuid, at: Timestamp, result: &str) -> Result<()>;
    /// Forgets answers kept before `before`.
    async fn sweep_answers(&mut self, before: Timestamp) -> Result<u64>;
}
