//! Copies for people outside.

use async_trait::async_trait;
use uuid::Uuid;

use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Error, Result, Sending, SentCopyRow};

table!(($) copy, SentCopyRow, "sent_copy", id, child, kind, recipient, body, sensitive, prepared_by, prepared_at, ends_on,
    expires_at, released_by, released_at, refused_by, refused_at, refusal, token_hash, sent_at, code, code_at, code_tries,
    proof_hash, proved_at, looks, looked_at, revoked_by, revoked_at);

statements! {
    ONE = concat!("SELECT ", copy!(), " FROM sent_copy WHERE id = $1");
    BY_TOKEN = concat!("SELECT ", copy!(), " FROM sent_copy WHERE token_hash = $1");
    OF_CHILD = concat!("SELECT ", copy!(), " FROM sent_copy WHERE child = $1 ORDER BY prepared_at DESC, id DESC");
    UPDATE = "UPDATE sent_copy SET released_by = $2, released_at = $3, refused_by = $4, refused_at = $5, refusal = $6,
        token_hash = $7, sent_at = $8, code = $9, code_at = $10, code_tries = $11, proof_hash = $12, proved_at = $13,
        looks = $14, looked_at = $15, revoked_by = $16, revoked_at = $17 WHERE id = $1";
}

#[async_trait]
impl Sending for DbUnit {
    async fn insert_sent_copy(&mut self, row: &SentCopyRow) -> Result<()> {
        self.insert(copy::INSERT, std::slice::from_ref(row), copy::write).await?;
        Ok(())
    }

    async fn sent_copy(&mut self, id: Uuid) -> Result<Option<SentCopyRow>> {
        self.one(Sql::new(ONE).v(&id), copy::read).await
    }

    async fn sent_copy_by_token(&mut self, token_hash: &[u8]) -> Result<Option<SentCopyRow>> {
        self.one(Sql::new(BY_TOKEN).v(&token_hash.to_vec()), copy::read).await
    }

    async fn sent_copies(&mut self, child: Uuid) -> Result<Vec<SentCopyRow>> {
        self.all(Sql::new(OF_CHILD).v(&child), copy::read).await
    }

    async fn update_sent_copy(&mut self, row: &SentCopyRow) -> Result<()> {
        let sql = Sql::new(UPDATE)
            .v(&row.id)
            .v(&row.released_by)
            .v(&row.released_at)
            .v(&row.refused_by)
            .v(&row.refused_at)
            .v(&row.refusal)
            .v(&row.token_hash)
            .v(&row.sent_at)
            .v(&row.code)
            .v(&row.code_at)
            .v(&row.code_tries)
            .v(&row.proof_hash)
            .v(&row.proved_at)
            .v(&row.looks)
            .v(&row.looked_at)
            .v(&row.revoked_by)
            .v(&row.revoked_at);
        if self.run(sql).await? == 0 {
            return Err(Error::Dangling { what: "sent_copy".to_owned() });
        }
        Ok(())
    }
}
