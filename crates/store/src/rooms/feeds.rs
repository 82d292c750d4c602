//! Calendar feeds: secret links that show a person's duties without a child's name.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A feed. The link's token is never stored, only its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarFeedRow {
    /// The hash of the token.
    pub token_hash: Vec<u8>,
    /// Whose duties it shows.
    pub person: Uuid,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was read last.
    pub last_read_at: Option<Timestamp>,
}

/// Calendar feeds.
#[async_trait]
pub trait Feeds: Send {
    /// Adds a feed.
    async fn insert_feed(&mut self, row: &CalendarFeedRow) -> Result<()>;
    /// A feed by the hash of its token, revoked or not.
    async fn feed(&mut self, token_hash: &[u8]) -> Result<Option<CalendarFeedRow>>;
    /// The feeds of a person, newest first.
    async fn feeds_of(&mut self, person: Uuid) -> Result<Vec<CalendarFeedRow>>;
    /// Revokes every running feed of a person; answers how many.
    async fn revoke_feeds(&mut self, person: Uuid, at: Timestamp) -> Result<u64>;
    /// Notes that a feed was read.
    async fn touch_feed(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()>;
}
