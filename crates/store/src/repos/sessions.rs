//! Sessions and sign-in attempts.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::cell::{Cells, Row};
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Epochs, Error, Result, SessionGlance, SessionRow, Sessions, SignInAttemptRow};

table!(($) session, SessionRow, "session", token_hash, person, created_at, last_seen_at, expires_at, reauthenticated_at,
    second_factor, csrf);
table!(($) attempt, SignInAttemptRow, "sign_in_attempt", id, email_hash, at, ok);

statements! {
    /// The session, whether its person is disabled, and the epochs: all that a request starts from.
    GLANCE = concat!("SELECT ", session!("s."), ", p.disabled_at, e.access, e.data FROM session s
        JOIN person p ON p.id = s.person CROSS JOIN epoch e WHERE s.token_hash = $1");
    EPOCHS = "SELECT access, data FROM epoch WHERE one = 1";
    TOUCH = "UPDATE session SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2";
    SECOND_FACTOR = "UPDATE session SET second_factor = TRUE, last_seen_at = $2, reauthenticated_at = $2 WHERE token_hash = $1";
    REAUTHENTICATE = "UPDATE session SET reauthenticated_at = $2 WHERE token_hash = $1";
    END = "DELETE FROM session WHERE token_hash = $1";
    END_ALL = "DELETE FROM session WHERE person = $1";
    END_OTHERS = "DELETE FROM session WHERE person = $1 AND token_hash <> $2";
    OF_PERSON = concat!("SELECT ", session!(), " FROM session WHERE person = $1 ORDER BY last_seen_at DESC, token_hash");
    SWEEP = "DELETE FROM session WHERE expires_at < $1";
    SWEEP_ATTEMPTS = "DELETE FROM sign_in_attempt WHERE at < $1";
    FAILED = "SELECT count(*) FROM sign_in_attempt WHERE email_hash = $1 AND at >= $2 AND NOT ok
        AND at > coalesce((SELECT max(at) FROM sign_in_attempt WHERE email_hash = $1 AND ok), -1)";
}

fn epochs(cells: &mut Cells<'_>) -> Result<Epochs> {
    Ok(Epochs { access: cells.next()?, data: cells.next()? })
}

fn glance(row: &Row) -> Result<SessionGlance> {
    let mut cells = Cells::new(row);
    Ok(SessionGlance {
        session: session::next(&mut cells)?,
        disabled_at: cells.next()?,
        epochs: epochs(&mut cells)?,
    })
}

#[async_trait]
impl Sessions for DbUnit {
    async fn insert_session(&mut self, row: &SessionRow) -> Result<()> {
        self.insert(session::INSERT, std::slice::from_ref(row), session::write).await?;
        Ok(())
    }

    async fn session(&mut self, token_hash: &[u8]) -> Result<Option<SessionGlance>> {
        self.one(Sql::new(GLANCE).v(&token_hash.to_vec()), glance).await
    }

    async fn epochs(&mut self) -> Result<Epochs> {
        let now = self.one(Sql::new(EPOCHS), |row| epochs(&mut Cells::new(row))).await?;
        now.ok_or_else(|| Error::Corrupt("there are no epochs".to_owned()))
    }

    async fn sessions(&mut self, token_hashes: &[Vec<u8>]) -> Result<Vec<SessionGlance>> {
        let mut sql = Sql::new(concat!(
            "SELECT ",
            session!("s."),
            ", p.disabled_at, e.access, e.data FROM session s JOIN person p ON p.id = s.person CROSS JOIN epoch e \
             WHERE s.token_hash IN "
        ));
        sql.list(token_hashes);
        self.all(sql, glance).await
    }

    async fn touch_session(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()> {
        self.run(Sql::new(TOUCH).v(&token_hash.to_vec()).v(&at)).await?;
        Ok(())
    }

    async fn pass_second_factor(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()> {
        self.run(Sql::new(SECOND_FACTOR).v(&token_hash.to_vec()).v(&at)).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn reauthenticate_session(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()> {
        self.run(Sql::new(REAUTHENTICATE).v(&token_hash.to_vec()).v(&at)).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn end_session(&mut self, token_hash: &[u8]) -> Result<bool> {
        self.rights_changed = true;
        Ok(self.run(Sql::new(END).v(&token_hash.to_vec())).await? > 0)
    }

    async fn end_sessions_of(&mut self, person: Uuid, except: Option<&[u8]>) -> Result<u64> {
        self.rights_changed = true;
        self.run(match except {
            Some(kept) => Sql::new(END_OTHERS).v(&person).v(&kept.to_vec()),
            None => Sql::new(END_ALL).v(&person),
        })
        .await
    }

    async fn sessions_of(&mut self, person: Uuid) -> Result<Vec<SessionRow>> {
        self.all(Sql::new(OF_PERSON).v(&person), session::read).await
    }

    async fn sweep_sessions(&mut self, now: Timestamp, attempts_before: Timestamp) -> Result<u64> {
        let sessions = self.run(Sql::new(SWEEP).v(&now)).await?;
        Ok(sessions + self.run(Sql::new(SWEEP_ATTEMPTS).v(&attempts_before)).await?)
    }

    async fn record_attempt(&mut self, row: &SignInAttemptRow) -> Result<()> {
        self.insert(attempt::INSERT, std::slice::from_ref(row), attempt::write).await?;
        Ok(())
    }

    async fn failed_attempts(&mut self, email_hash: &[u8], since: Timestamp) -> Result<i64> {
        self.value(Sql::new(FAILED).v(&email_hash.to_vec()).v(&since)).await
    }
}
