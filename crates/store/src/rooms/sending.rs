//! Copies made for somebody outside, and the links by which they are read. What they say and for whom comes encrypted.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::Result;

/// A copy for one recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct SentCopyRow {
    /// This copy.
    pub id: Uuid,
    /// About whom.
    pub child: Uuid,
    /// What it is a copy of: "review_record" or "health_summary".
    pub kind: String,
    /// For whom: name and address, encrypted.
    pub recipient: Vec<u8>,
    /// What exactly they get, and what was taken out and why, encrypted.
    pub body: Vec<u8>,
    /// Whether a second person has to release it.
    pub sensitive: bool,
    /// Who looked at it and made it.
    pub prepared_by: Uuid,
    /// When.
    pub prepared_at: Timestamp,
    /// The last day on which it can be read.
    pub ends_on: civil::Date,
    /// The instant from which the link opens nothing.
    pub expires_at: Timestamp,
    /// Who released what is sensitive.
    pub released_by: Option<Uuid>,
    /// When.
    pub released_at: Option<Timestamp>,
    /// Who refused to release it.
    pub refused_by: Option<Uuid>,
    /// When.
    pub refused_at: Option<Timestamp>,
    /// Why, encrypted.
    pub refusal: Option<Vec<u8>>,
    /// SHA-256 of the link's secret; none before it is sent.
    pub token_hash: Option<Vec<u8>>,
    /// When the link was sent.
    pub sent_at: Option<Timestamp>,
    /// The code that opens it, encrypted, while it is good.
    pub code: Option<Vec<u8>>,
    /// When the code was made.
    pub code_at: Option<Timestamp>,
    /// Wrong codes since then.
    pub code_tries: i64,
    /// SHA-256 of what the browser holds that gave the code.
    pub proof_hash: Option<Vec<u8>>,
    /// When the code was given.
    pub proved_at: Option<Timestamp>,
    /// How often it was read.
    pub looks: i64,
    /// When last.
    pub looked_at: Option<Timestamp>,
    /// Who took the link back.
    pub revoked_by: Option<Uuid>,
    /// When.
    pub revoked_at: Option<Timestamp>,
}

/// Copies for people outside.
#[async_trait]
pub trait Sending: Send {
    /// Adds a copy.
    async fn insert_sent_copy(&mut self, row: &SentCopyRow) -> Result<()>;
    /// One copy.
    async fn sent_copy(&mut self, id: Uuid) -> Result<Option<SentCopyRow>>;
    /// The copy that a link opens.
    async fn sent_copy_by_token(&mut self, token_hash: &[u8]) -> Result<Option<SentCopyRow>>;
    /// The copies about a child, newest first.
    async fn sent_copies(&mut self, child: Uuid) -> Result<Vec<SentCopyRow>>;
    /// Writes what became of a copy: everything but what it says, for whom, and who made it.
    async fn update_sent_copy(&mut self, row: &SentCopyRow) -> Result<()>;
}
