//! One's own account: where one is signed in, and ending it.

use jiff::Timestamp;
use serde_json::json;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::hex;

/// A place where one is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Tells it from the others; opens nothing.
    pub handle: String,
    /// When it began.
    pub since: Timestamp,
    /// When it was last used, to about five minutes.
    pub last_used: Timestamp,
    /// When it ends at the latest.
    pub until: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

impl Casework {
    /// Where one is signed in, the session used last first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<OwnSession>> {
        let now = self.now();
        let mut unit = self.house.store.glance().await?;
        let sessions = unit.sessions_of(actor.person().0).await?;
        Ok(sessions
            .into_iter()
            .filter(|s| s.second_factor && now < s.expires_at)
            .map(|s| OwnSession {
                handle: handle(&s.token_hash),
                since: s.created_at,
                last_used: s.last_seen_at,
                until: s.expires_at,
                this: s.token_hash == actor.token,
            })
            .collect())
    }

    /// Ends one of one's other sessions, or all of them.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such session.
    pub async fn end_own_sessions(&self, actor: &Actor, which: Option<&str>) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        match which {
            None => {
                unit.end_sessions_of(actor.person().0, Some(&actor.token)).await?;
            }
            Some(which) => {
                let sessions = unit.sessions_of(actor.person().0).await?;
                let found =
                    sessions.into_iter().find(|s| handle(&s.token_hash) == which).ok_or(Error::Absent)?;
                unit.end_session(&found.token_hash).await?;
            }
        }
        log(&mut *unit, vec![actor.line("end_own_sessions", None, true, &json!({"all": which.is_none()}))])
            .await?;
        unit.commit().await?;
        Ok(())
    }
}

fn handle(token_hash: &[u8]) -> String {
    hex(token_hash.get(..6).unwrap_or(token_hash))
}
