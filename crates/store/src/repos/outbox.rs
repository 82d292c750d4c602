//! Notices and the outbox.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::dialect;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{NoticeRow, Outbox, OutboxRow, Page, Paged, Result};

table!(($) notice, NoticeRow, "notice", id, person, child, kind, text, link, created_at, read_at);
table!(($) work, OutboxRow, "outbox", id, kind, payload, due_at, attempts, claimed_at, done_at, last_error);

statements! {
    NOTICES = concat!("SELECT ", notice!(), " FROM notice WHERE person = $1
        ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3");
    UNREAD = concat!("SELECT ", notice!(), " FROM notice WHERE person = $1 AND read_at IS NULL
        ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3");
    HAS = "SELECT count(*) FROM notice WHERE id = $1";
    COUNT = "SELECT count(*) FROM notice WHERE person = $1";
    COUNT_UNREAD = "SELECT count(*) FROM notice WHERE person = $1 AND read_at IS NULL";
    READ_ONE = "UPDATE notice SET read_at = $2 WHERE person = $1 AND id = $3 AND read_at IS NULL";
    READ_ALL = "UPDATE notice SET read_at = $2 WHERE person = $1 AND read_at IS NULL";
    FINISH = "UPDATE outbox SET done_at = $2, last_error = NULL WHERE id = $1";
    RETRY = "UPDATE outbox SET claimed_at = NULL, last_error = $2, due_at = $3 WHERE id = $1 AND done_at IS NULL";
    GIVE_UP = "UPDATE outbox SET last_error = $2, done_at = $3 WHERE id = $1 AND done_at IS NULL";
    WAITING = "SELECT count(*) FROM outbox WHERE done_at IS NULL";
}

#[async_trait]
impl Outbox for DbUnit {
    async fn insert_notices(&mut self, rows: &[NoticeRow]) -> Result<()> {
        self.insert(notice::INSERT, rows, notice::write).await?;
        Ok(())
    }

    async fn has_notice(&mut self, id: Uuid) -> Result<bool> {
        let found: i64 = self.value(Sql::new(HAS).v(&id)).await?;
        Ok(found > 0)
    }

    async fn notices_of(&mut self, person: Uuid, unread_only: bool, page: Page) -> Result<Paged<NoticeRow>> {
        let (list, count) = if unread_only { (UNREAD, COUNT_UNREAD) } else { (NOTICES, COUNT) };
        let total = self.value(Sql::new(count).v(&person)).await?;
        let rows = self.all(Sql::new(list).v(&person).v(&page.limit).v(&page.offset), notice::read).await?;
        Ok(Paged { rows, total })
    }

    async fn unread_notices(&mut self, person: Uuid) -> Result<i64> {
        self.value(Sql::new(COUNT_UNREAD).v(&person)).await
    }

    async fn read_notices(&mut self, person: Uuid, id: Option<Uuid>, at: Timestamp) -> Result<u64> {
        self.run(match id {
            Some(id) => Sql::new(READ_ONE).v(&person).v(&at).v(&id),
            None => Sql::new(READ_ALL).v(&person).v(&at),
        })
        .await
    }

    async fn enqueue(&mut self, rows: &[OutboxRow]) -> Result<()> {
        self.insert(work::INSERT, rows, work::write).await?;
        Ok(())
    }

    async fn claim(&mut self, now: Timestamp, stale_before: Timestamp, limit: i64) -> Result<Vec<OutboxRow>> {
        // MATERIALIZED: the rows are picked once, so no more than `limit` are locked.
        let mut sql = Sql::new(
            "WITH picked AS MATERIALIZED (SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= ",
        );
        sql.bind(&now).text(" AND (claimed_at IS NULL OR claimed_at < ").bind(&stale_before);
        sql.text(") ORDER BY due_at, id LIMIT ").bind(&limit).text(dialect::SKIP_LOCKED);
        sql.text(") UPDATE outbox SET attempts = attempts + 1, claimed_at = ").bind(&now);
        sql.text(concat!(" WHERE id IN (SELECT id FROM picked) RETURNING ", work!()));
        let mut claimed = self.all(sql, work::read).await?;
        claimed.sort_by_key(|row| (row.due_at, row.id));
        Ok(claimed)
    }

    async fn finish(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        self.run(Sql::new(FINISH).v(&id).v(&at)).await?;
        Ok(())
    }

    async fn fail(
        &mut self,
        id: Uuid,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        let error = error.to_owned();
        self.run(match retry_at {
            Some(retry_at) => Sql::new(RETRY).v(&id).v(&error).v(&retry_at),
            None => Sql::new(GIVE_UP).v(&id).v(&error).v(&now),
        })
        .await?;
        Ok(())
    }

    async fn waiting(&mut self) -> Result<i64> {
        self.value(Sql::new(WAITING)).await
    }
}
