//! Who is signed in, and attempts to be.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A signed-in browser. The token itself is never stored, only its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    /// The hash of the session's token.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub person: Uuid,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// When the password was last given again.
    pub reauthenticated_at: Option<Timestamp>,
    /// Whether the second factor has been given.
    pub second_factor: bool,
    /// The secret that forms must carry back.
    pub csrf: Vec<u8>,
}

/// A session with what must be known on every request, read in one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionGlance {
    /// The session.
    pub session: SessionRow,
    /// When its person was disabled.
    pub disabled_at: Option<Timestamp>,
    /// The epochs now.
    pub epochs: Epochs,
}

/// Two counters that say whether what was read before is still good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epochs {
    /// Grows with every commit that changes an account, a session but for when it was last used, a role, a circle or a
    /// restriction. A session that begins moves nothing on: nobody can have read it before.
    pub access: i64,
    /// Grows with every commit that changes anything a page may show.
    pub data: i64,
}

/// An attempt to sign in, kept to slow down guessing.
#[derive(Debug, Clone, PartialEq)]
pub struct SignInAttemptRow {
    /// This attempt.
    pub id: Uuid,
    /// The hash of the address that was tried.
    pub email_hash: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// Whether it succeeded.
    pub ok: bool,
}

/// Sessions and sign-in attempts.
#[async_trait]
pub trait Sessions: Send {
    /// Begins a session.
    async fn insert_session(&mut self, row: &SessionRow) -> Result<()>;
    /// A session by the hash of its token, expired or not.
    async fn session(&mut self, token_hash: &[u8]) -> Result<Option<SessionGlance>>;
    /// The epochs now.
    async fn epochs(&mut self) -> Result<Epochs>;
    /// Those of these sessions that there are, in no order, all as of one moment.
    async fn sessions(&mut self, token_hashes: &[Vec<u8>]) -> Result<Vec<SessionGlance>>;
    /// Notes that a session was used.
    async fn touch_session(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()>;
    /// Notes that the second factor was given.
    async fn pass_second_factor(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()>;
    /// Notes that the password was given again.
    async fn reauthenticate_session(&mut self, token_hash: &[u8], at: Timestamp) -> Result<()>;
    /// Ends a session; `false` when there was none.
    async fn end_session(&mut self, token_hash: &[u8]) -> Result<bool>;
    /// Ends every session of a person except the one given; answers how many ended.
    async fn end_sessions_of(&mut self, person: Uuid, except: Option<&[u8]>) -> Result<u64>;
    /// The sessions of a person, the one used last first.
    async fn sessions_of(&mut self, person: Uuid) -> Result<Vec<SessionRow>>;
    /// Forgets sessions that expired before `now` and attempts older than `attempts_before`.
    async fn sweep_sessions(&mut self, now: Timestamp, attempts_before: Timestamp) -> Result<u64>;
    /// Keeps an attempt.
    async fn record_attempt(&mut self, row: &SignInAttemptRow) -> Result<()>;
    /// How many attempts on an address have failed since `since` and since its last success.
    async fn failed_attempts(&mut self, email_hash: &[u8], since: Timestamp) -> Result<i64>;
}
