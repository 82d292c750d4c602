//! Calendar feeds.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::sql::Sql;
use super::unit::DbUnit;
use crate::{CalendarFeedRow, Feeds, Result};

table!(($) feed, CalendarFeedRow, "calendar_feed", token_hash, person, created_at, revoked_at, last_read_at);

statements! {
    ONE = concat!("SELECT ", feed!(), " FROM calendar_feed WHERE token_hash = $1");
    OF_PERSON = concat!("SELECT ", feed!(), " FROM calendar_feed WHERE person = $1 ORDER BY created_at DESC, token_hash");
    REVOKE = "UPDATE calendar_feed SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL";
    TOUCH = "UPDATE calendar_feed SET last_read_at = $2 WHERE token_hash = $1";
}

#[async_trait]
impl Feeds for DbUnit {
    async fn insert_feed(&mut self, row: &CalendarFeedRow) -> Result<()> {
        self.insert(feed::INSERT, std::slice::from_ref(row), feed::write).await?;
        Ok(())
    }

    async fn feed(&mut self, token_hash: &[u8]) -> Result<Option<CalendarFeedRow>> {
        self.one(Sql::new(ONE).v(&token_hash.to_vec()), feed::read).await
    }

    async fn feeds_of(&mut self, person: Uuid) -> Result<Vec<CalendarFeedRow>> {
        self.all(Sql::new(OF_PERSON).v(&person), feed::read).await
    }

    async fn revoke_feeds(&mut self, person: Uuid, at: Timestamp) -> Result<u64> {
        self.run(Sql::new(REVOKE).v(&person).v(&at)).await
    }

    async fn touch_feed(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()> {
        self.run(Sql::new(TOUCH).v(&token_hash.to_vec()).v(&at)).await?;
        Ok(())
    }
}
