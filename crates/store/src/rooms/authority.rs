//! What the authority writes down about itself: action plans, self-assessments, the panel. Entries are only ever added.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// One entry about a plan, an audit, a meeting or whatever else the authority keeps of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorityRow {
    /// This entry.
    pub id: Uuid,
    /// What kind of thing it is about: "plan", "audit", "panel".
    pub room: String,
    /// Which of them.
    pub subject: Uuid,
    /// Its place among the entries of the subject, from 1.
    pub version: i64,
    /// The part of the subject it is about: a recommendation, a question. `None` for the whole.
    pub item: Option<Uuid>,
    /// What happened.
    pub kind: String,
    /// What was recorded, as JSON.
    pub body: String,
    /// When.
    pub recorded_at: Timestamp,
    /// Who; `None` for what the program itself did.
    pub recorded_by: Option<Uuid>,
}

/// What is known of a document of the authority.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorityFileRow {
    /// This file.
    pub id: Uuid,
    /// What it belongs to.
    pub subject: Uuid,
    /// What it was called, encrypted.
    pub name: Vec<u8>,
    /// What it is: a media type, found by looking at it.
    pub kind: String,
    /// How large it is, in bytes, before it was encrypted.
    pub size: i64,
    /// SHA-256 of what it holds.
    pub digest: Vec<u8>,
    /// Who added it.
    pub added_by: Uuid,
    /// When.
    pub added_at: Timestamp,
}

/// The authority's own papers.
#[async_trait]
pub trait Authority: Send {
    /// The entries of a subject in order; none when there is no such subject in this room.
    async fn authority_entries(&mut self, room: &str, subject: Uuid) -> Result<Vec<AuthorityRow>>;
    /// Every entry of a room, subject by subject, each in order.
    async fn authority_room(&mut self, room: &str) -> Result<Vec<AuthorityRow>>;
    /// How many entries a room has: since entries are only added, the same number means that nothing has changed.
    async fn authority_size(&mut self, room: &str) -> Result<i64>;
    /// Adds entries. Their versions follow on: [`crate::Error::Duplicate`] when somebody else added one first.
    async fn add_authority(&mut self, rows: &[AuthorityRow]) -> Result<()>;
    /// Adds a document with what it holds, encrypted.
    async fn insert_authority_file(&mut self, row: &AuthorityFileRow, body: Vec<u8>) -> Result<()>;
    /// What is known of a document.
    async fn authority_file(&mut self, id: Uuid) -> Result<Option<AuthorityFileRow>>;
    /// What a document holds, encrypted.
    async fn authority_file_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>>;
}
