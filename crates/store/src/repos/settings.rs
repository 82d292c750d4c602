//! Settings and the access epoch.

use async_trait::async_trait;

use super::cell::Cells;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Result, Settings};

statements! {
    ONE = "SELECT value FROM setting WHERE key = $1";
    ALL = "SELECT key, value FROM setting ORDER BY key";
    SET = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    EPOCH = "SELECT access FROM epoch WHERE one = 1";
    BUMP = "UPDATE epoch SET access = access + 1, data = data + 1 WHERE one = 1";
    BUMP_DATA = "UPDATE epoch SET data = data + 1 WHERE one = 1";
}

#[async_trait]
impl Settings for DbUnit {
    async fn setting(&mut self, key: &str) -> Result<Option<String>> {
        self.one(Sql::new(ONE).v(&key.to_owned()), super::cell::first).await
    }

    async fn settings(&mut self) -> Result<Vec<(String, String)>> {
        self.all(Sql::new(ALL), |row| {
            let mut cells = Cells::new(row);
            Ok((cells.next()?, cells.next()?))
        })
        .await
    }

    async fn set_setting(&mut self, key: &str, value: &str) -> Result<()> {
        self.run(Sql::new(SET).v(&key.to_owned()).v(&value.to_owned())).await?;
        Ok(())
    }

    async fn access_epoch(&mut self) -> Result<i64> {
        self.value(Sql::new(EPOCH)).await
    }

    async fn bump_access_epoch(&mut self) -> Result<()> {
        self.rights_changed = true;
        Ok(())
    }
}
