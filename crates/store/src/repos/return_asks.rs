//! What key workers were asked to put right for the statutory return.

use async_trait::async_trait;
use jiff::civil;
use uuid::Uuid;

use super::bulk::Into;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Result, ReturnAskRow, ReturnAsks};

table!(($) ask, ReturnAskRow, "return_ask", child, year, rule, asked_by, asked_of, asked_at);

const SAVE: Into = ask::INSERT.tail(
    " ON CONFLICT (child, year, rule) DO UPDATE SET asked_by = excluded.asked_by, asked_of = excluded.asked_of,
        asked_at = excluded.asked_at",
);

statements! {
    OF_CHILD = concat!("SELECT ", ask!(), " FROM return_ask WHERE child = $1 ORDER BY year, rule");
    OF_YEAR = concat!("SELECT ", ask!(), " FROM return_ask WHERE year = $1 ORDER BY child, rule");
    FOR_WORKER = concat!("SELECT ", ask!("a."), " FROM return_ask a WHERE a.child IN (
            SELECT m.child FROM circle_member m
            WHERE m.person = $1 AND m.key_worker = $3 AND m.from_on <= $2 AND (m.to_on IS NULL OR m.to_on > $2))
        ORDER BY a.asked_at, a.child, a.rule");
}

#[async_trait]
impl ReturnAsks for DbUnit {
    async fn save_return_asks(&mut self, rows: &[ReturnAskRow]) -> Result<()> {
        self.insert(SAVE, rows, ask::write).await?;
        Ok(())
    }

    async fn return_asks(&mut self, child: Uuid) -> Result<Vec<ReturnAskRow>> {
        self.all(Sql::new(OF_CHILD).v(&child), ask::read).await
    }

    async fn return_asks_of_year(&mut self, year: i64) -> Result<Vec<ReturnAskRow>> {
        self.all(Sql::new(OF_YEAR).v(&year), ask::read).await
    }

    async fn return_asks_for(&mut self, worker: Uuid, on: civil::Date) -> Result<Vec<ReturnAskRow>> {
        self.all(Sql::new(FOR_WORKER).v(&worker).v(&on).v(&true), ask::read).await
    }
}
