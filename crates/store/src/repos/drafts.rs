//! Drafts and kept answers.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{DraftRow, Drafts, Error, Result};

table!(($) draft, DraftRow, "draft", person, child, form, body, version, updated_at);

statements! {
    ONE = concat!("SELECT ", draft!(), " FROM draft WHERE person = $1 AND child = $2 AND form = $3");
    OF_PERSON = concat!("SELECT ", draft!(), " FROM draft WHERE person = $1 ORDER BY updated_at DESC, form, child");
    BEGIN = "INSERT INTO draft (person, child, form, body, version, updated_at) VALUES ($1, $2, $3, $4, 1, $5)
        ON CONFLICT (person, child, form) DO NOTHING RETURNING version";
    SAVE = "UPDATE draft SET body = $4, version = version + 1, updated_at = $5
        WHERE person = $1 AND child = $2 AND form = $3 AND version = $6 RETURNING version";
    VERSION = "SELECT version FROM draft WHERE person = $1 AND child = $2 AND form = $3";
    DROP = "DELETE FROM draft WHERE person = $1 AND child = $2 AND form = $3";
    SWEEP = "DELETE FROM draft WHERE updated_at < $1";
    ANSWER = "SELECT result FROM idempotency WHERE person = $1 AND key = $2";
    KEEP = "INSERT INTO idempotency (person, key, at, result) VALUES ($1, $2, $3, $4)";
    SWEEP_ANSWERS = "DELETE FROM idempotency WHERE at < $1";
}

#[async_trait]
impl Drafts for DbUnit {
    async fn draft(&mut self, person: Uuid, child: Uuid, form: &str) -> Result<Option<DraftRow>> {
        self.one(Sql::new(ONE).v(&person).v(&child).v(&form.to_owned()), draft::read).await
    }

    async fn drafts_of(&mut self, person: Uuid) -> Result<Vec<DraftRow>> {
        self.all(Sql::new(OF_PERSON).v(&person), draft::read).await
    }

    async fn save_draft(&mut self, row: &DraftRow) -> Result<i64> {
        let text = if row.version == 0 { BEGIN } else { SAVE };
        let mut sql =
            Sql::new(text).v(&row.person).v(&row.child).v(&row.form).v(&row.body).v(&row.updated_at);
        if row.version != 0 {
            sql = sql.v(&row.version);
        }
        if let Some(version) = self.one(sql, first).await? {
            return Ok(version);
        }
        let current = self.one(Sql::new(VERSION).v(&row.person).v(&row.child).v(&row.form), first).await?;
        // A draft that was dropped meanwhile is at version 0: saving it anew is the person's choice.
        Err(Error::Conflict { what: "draft", current: current.unwrap_or(0) })
    }

    async fn drop_draft(&mut self, person: Uuid, child: Uuid, form: &str) -> Result<bool> {
        Ok(self.run(Sql::new(DROP).v(&person).v(&child).v(&form.to_owned())).await? > 0)
    }

    async fn sweep_drafts(&mut self, before: Timestamp) -> Result<u64> {
        self.run(Sql::new(SWEEP).v(&before)).await
    }

    async fn kept_answer(&mut self, key: &str, person: Uuid) -> Result<Option<String>> {
        self.one(Sql::new(ANSWER).v(&person).v(&key.to_owned()), first).await
    }

    async fn keep_answer(&mut self, key: &str, person: Uuid, at: Timestamp, result: &str) -> Result<()> {
        self.run(Sql::new(KEEP).v(&person).v(&key.to_owned()).v(&at).v(&result.to_owned())).await?;
        Ok(())
    }

    async fn sweep_answers(&mut self, before: Timestamp) -> Result<u64> {
        self.run(Sql::new(SWEEP_ANSWERS).v(&before)).await
    }
}
