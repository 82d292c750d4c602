//! Invitations to surveys, and the answers.

use async_trait::async_trait;
use uuid::Uuid;

use super::cell::{Cells, first};
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Result, SurveyInvitationRow, Surveys};

table!(($) invited, SurveyInvitationRow, "survey_invitation", id, round, recipient, token_hash, used);

statements! {
    ONE = concat!("SELECT ", invited!(), " FROM survey_invitation WHERE id = $1");
    BY_TOKEN = concat!("SELECT ", invited!(), " FROM survey_invitation WHERE token_hash = $1");
    OF_ROUND = concat!("SELECT ", invited!(), " FROM survey_invitation WHERE round = $1 ORDER BY id");
    COUNTS = "SELECT round, count(*), sum(CASE WHEN used THEN 1 ELSE 0 END) FROM survey_invitation GROUP BY round";
    /// Every row of the round, so that no row tells by itself when it was used.
    USE = "UPDATE survey_invitation SET used = (used OR id = $2) WHERE round = $1";
    BOX = "SELECT answers FROM survey_box WHERE round = $1";
    PUT = "INSERT INTO survey_box (round, answers) VALUES ($1, $2)
        ON CONFLICT (round) DO UPDATE SET answers = excluded.answers";
}

#[async_trait]
impl Surveys for DbUnit {
    async fn insert_survey_invitations(&mut self, rows: &[SurveyInvitationRow]) -> Result<()> {
        self.insert(invited::INSERT, rows, invited::write).await?;
        Ok(())
    }

    async fn survey_invitation(&mut self, id: Uuid) -> Result<Option<SurveyInvitationRow>> {
        self.one(Sql::new(ONE).v(&id), invited::read).await
    }

    async fn survey_invitation_by_token(&mut self, token_hash: &[u8]) -> Result<Option<SurveyInvitationRow>> {
        self.one(Sql::new(BY_TOKEN).v(&token_hash.to_vec()), invited::read).await
    }

    async fn survey_invitations(&mut self, round: Uuid) -> Result<Vec<SurveyInvitationRow>> {
        self.all(Sql::new(OF_ROUND).v(&round), invited::read).await
    }

    async fn survey_counts(&mut self) -> Result<Vec<(Uuid, i64, i64)>> {
        self.all(Sql::new(COUNTS), |row| {
            let mut cells = Cells::new(row);
            Ok((cells.next()?, cells.next()?, cells.next()?))
        })
        .await
    }

    async fn use_survey_invitation(&mut self, round: Uuid, id: Uuid) -> Result<u64> {
        self.run(Sql::new(USE).v(&round).v(&id)).await
    }

    async fn survey_box(&mut self, round: Uuid) -> Result<Option<Vec<u8>>> {
        self.one(Sql::new(BOX).v(&round), first).await
    }

    async fn put_survey_box(&mut self, round: Uuid, answers: Vec<u8>) -> Result<()> {
        self.run(Sql::new(PUT).v(&round).v(&answers)).await?;
        Ok(())
    }
}
