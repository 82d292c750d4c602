//! What people must be told: notices in the product, and work for the outbox (e-mail, calls to others).

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Page, Paged, Result};

/// A notice to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRow {
    /// This notice.
    pub id: Uuid,
    /// To whom.
    pub person: Uuid,
    /// About which child.
    pub child: Option<Uuid>,
    /// What kind: "late", "unmet_need", "break_glass"…
    pub kind: String,
    /// What it says.
    pub text: String,
    /// The page it leads to.
    pub link: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// Work to be done after the commit, at least once.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    /// This piece of work.
    pub id: Uuid,
    /// What kind.
    pub kind: String,
    /// What it needs, as JSON.
    pub payload: String,
    /// Not before.
    pub due_at: Timestamp,
    /// How often it has been claimed.
    pub attempts: i64,
    /// When it was claimed last.
    pub claimed_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Notices and the outbox.
#[async_trait]
pub trait Outbox: Send {
    /// Adds notices.
    async fn insert_notices(&mut self, rows: &[NoticeRow]) -> Result<()>;
    /// Whether there is a notice with this id: for notices that are made once, whose id is made from what they are about.
    async fn has_notice(&mut self, id: Uuid) -> Result<bool>;
    /// The notices of a person, newest first.
    async fn notices_of(&mut self, person: Uuid, unread_only: bool, page: Page) -> Result<Paged<NoticeRow>>;
    /// How many notices a person has not read.
    async fn unread_notices(&mut self, person: Uuid) -> Result<i64>;
    /// Marks one of a person's notices as read, or all of them; answers how many changed.
    async fn read_notices(&mut self, person: Uuid, id: Option<Uuid>, at: Timestamp) -> Result<u64>;

    /// Queues work in this unit.
    async fn enqueue(&mut self, rows: &[OutboxRow]) -> Result<()>;
    /// Claims work that is due and not claimed, or claimed before `stale_before` and never finished; several
    /// processes may claim at once and no piece goes to two. Commit before doing the work.
    async fn claim(&mut self, now: Timestamp, stale_before: Timestamp, limit: i64) -> Result<Vec<OutboxRow>>;
    /// Notes that work is done.
    async fn finish(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// Notes that work failed, to be tried again at `retry_at`, or never when `None`.
    async fn fail(
        &mut self,
        id: Uuid,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()>;
    /// How much work is waiting.
    async fn waiting(&mut self) -> Result<i64>;
}
