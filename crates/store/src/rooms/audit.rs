//! The audit log: who looked at, changed or exported what. Append-only, numbered without gaps from 0.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Page, Paged, Result};

/// A line to append; its place is given by the log.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAudit {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the system.
    pub person: Option<Uuid>,
    /// In which session: a public handle of it, never the token's hash.
    pub session: Option<String>,
    /// What was done.
    pub action: String,
    /// To which child.
    pub child: Option<Uuid>,
    /// For what purpose.
    pub purpose: String,
    /// Whether it was allowed.
    pub allowed: bool,
    /// The rest, as JSON.
    pub detail: String,
    /// The hash of this line, made by the caller: the leaf of the tree.
    pub leaf: [u8; 32],
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Its place, from 0, without gaps.
    pub seq: i64,
    /// What it says.
    pub line: NewAudit,
}

/// A signed statement of how long the log was and what its tree came to.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditCheckpointRow {
    /// How many lines.
    pub size: i64,
    /// The root of the tree over them.
    pub root: [u8; 32],
    /// When.
    pub at: Timestamp,
    /// The signature.
    pub signature: Vec<u8>,
    /// Which key signed.
    pub key_id: String,
}

/// Which lines to list; every field narrows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AuditFilter {
    /// About this child.
    pub child: Option<Uuid>,
    /// By this person.
    pub person: Option<Uuid>,
    /// This action.
    pub action: Option<String>,
    /// Refused only, or allowed only.
    pub allowed: Option<bool>,
    /// From this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub before: Option<Timestamp>,
}

/// What a line's leaf is, at its place.
pub type Seal = fn(i64, &NewAudit) -> [u8; 32];

/// The audit log.
#[async_trait]
pub trait Audit: Send {
    /// Appends lines, each sealed by `seal` with the place it is given; answers the place of the first. The places are
    /// without gaps even when several processes write, because the head of the log stays locked until the unit ends:
    /// append last, and commit.
    async fn append_audit(&mut self, rows: &mut [NewAudit], seal: Seal) -> Result<i64>;
    /// How many lines the log has, holding its end until the unit is over: whoever else writes anything waits.
    async fn lock_audit(&mut self) -> Result<i64>;
    /// How many lines the log has.
    async fn audit_size(&mut self) -> Result<i64>;
    /// Lines in order from the place `from`, at most `limit`.
    async fn audit_rows(&mut self, from: i64, limit: i64) -> Result<Vec<AuditRow>>;
    /// The leaves in order from the place `from`, at most `limit`.
    async fn audit_leaves(&mut self, from: i64, limit: i64) -> Result<Vec<[u8; 32]>>;
    /// Puts lines that are not there yet, at most this many, into the lists by child and by person; answers how many are
    /// left. Whether a line is in them changes nothing that [`Audit::audit`] finds, only how soon.
    async fn sort_audit(&mut self, at_most: i64) -> Result<i64>;
    /// Empties the lists.
    async fn unsort_audit(&mut self) -> Result<()>;
    /// How many lines the lists should hold and do not: none, unless somebody has changed them by hand.
    async fn unlisted_audit(&mut self) -> Result<i64>;
    /// Lines, newest first.
    async fn audit(&mut self, filter: &AuditFilter, page: Page) -> Result<Paged<AuditRow>>;
    /// Keeps a checkpoint.
    async fn insert_checkpoint(&mut self, row: &AuditCheckpointRow) -> Result<()>;
    /// The checkpoints by size.
    async fn checkpoints(&mut self) -> Result<Vec<AuditCheckpointRow>>;
    /// The longest checkpoint.
    async fn last_checkpoint(&mut self) -> Result<Option<AuditCheckpointRow>>;
}
