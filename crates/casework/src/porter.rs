//! The porter looks at the door who is asking. Every request begins with a look at its session, and on SQLite whoever
//! reads after somebody else's commit reads the first pages of the file again; with a line of the log for every page,
//! that is nearly everybody. So the requests that arrive while one look runs are looked up together by the next, and a
//! session that the porter knows is not read again while no right has changed anywhere: whatever ends a session or
//! changes what it may do moves the access epoch on, in the same transaction, and every look reads that.
//!
//! A look begins only after the request has arrived: nobody is let in by what was true before.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use kinfold_store::{Epochs, SessionGlance, SessionRow, Store};
use tokio::sync::{mpsc, oneshot};

use crate::error::Result;

/// A token's hash, as sessions are kept by.
type Token = [u8; 32];

/// A session at the door.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The session. When it was last used may have been noted since.
    pub session: Arc<SessionRow>,
    /// When its person was disabled.
    pub disabled_at: Option<Timestamp>,
    /// As they were after the caller had come.
    pub epochs: Epochs,
}

struct Asking {
    token: Token,
    /// Whether the session is to be read again, known or not.
    afresh: bool,
    /// Told the session, or that there is none; dropped when the look failed.
    told: oneshot::Sender<Option<Caller>>,
}

/// How many are looked up together at most.
const TOGETHER: usize = 64;
/// How many sessions are known at most: more than any authority has people.
const KNOWN: usize = 20_000;

#[derive(Clone)]
pub(crate) struct Porter {
    asking: mpsc::Sender<Asking>,
    store: Store,
}

impl Porter {
    /// Opens the door. The porter goes when the last handle is dropped.
    pub fn start(store: Store) -> Self {
        let (asking, mut waiting) = mpsc::channel::<Asking>(4096);
        let at_the_door = store.clone();
        tokio::spawn(async move {
            let mut known = Known::default();
            while let Some(first) = waiting.recv().await {
                // Who has come at the same moment gets as far as the door first.
                tokio::task::yield_now().await;
                let mut together = vec![first];
                while together.len() < TOGETHER {
                    let Ok(one) = waiting.try_recv() else { break };
                    together.push(one);
                }
                // Of a look that failed nobody is told: each then looks for itself and meets its own error.
                let Ok(found) = known.look(&at_the_door, &together).await else { continue };
                for (one, found) in together.into_iter().zip(found) {
                    let _ = one.told.send(found);
                }
            }
        });
        Self { asking, store }
    }

    /// The session of a token, as it is now but for when it was last used.
    pub async fn session(&self, token: &Token) -> Result<Option<Caller>> {
        self.ask(token, false).await
    }

    /// The session of a token, as it is now.
    pub async fn session_afresh(&self, token: &Token) -> Result<Option<Caller>> {
        self.ask(token, true).await
    }

    async fn ask(&self, token: &Token, afresh: bool) -> Result<Option<Caller>> {
        let (told, answer) = oneshot::channel();
        if self.asking.send(Asking { token: *token, afresh, told }).await.is_ok()
            && let Ok(found) = answer.await
        {
            return Ok(found);
        }
        Ok(self.store.glance().await?.session(token).await?.map(Caller::from))
    }
}

impl From<SessionGlance> for Caller {
    fn from(glance: SessionGlance) -> Self {
        Self { session: Arc::new(glance.session), disabled_at: glance.disabled_at, epochs: glance.epochs }
    }
}

/// The sessions that were read since a right last changed.
#[derive(Default)]
struct Known {
    /// The access epoch they belong to.
    access: i64,
    sessions: HashMap<Token, Caller>,
}

impl Known {
    /// What each of these is told.
    async fn look(
        &mut self,
        store: &Store,
        together: &[Asking],
    ) -> kinfold_store::Result<Vec<Option<Caller>>> {
        let mut unit = store.glance().await?;
        let epochs = unit.epochs().await?;
        if epochs.access != self.access || self.sessions.len() >= KNOWN {
            self.sessions.clear();
            self.access = epochs.access;
        }
        let strange = |one: &&Asking| one.afresh || !self.sessions.contains_key(&one.token);
        let mut strangers: Vec<Vec<u8>> =
            together.iter().filter(strange).map(|one| one.token.to_vec()).collect();
        let mut read: HashMap<Token, Caller> = HashMap::new();
        if !strangers.is_empty() {
            strangers.sort_unstable();
            strangers.dedup();
            for glance in unit.sessions(&strangers).await? {
                let Ok(token) = Token::try_from(glance.session.token_hash.as_slice()) else { continue };
                let caller = Caller::from(glance);
                // Rights that changed since the epochs were read are those of another look.
                if caller.epochs.access == self.access {
                    self.sessions.insert(token, caller.clone());
                }
                read.insert(token, caller);
            }
        }
        Ok(together.iter().map(|one| self.told(one, &read, epochs)).collect())
    }

    /// What was read just now counts; of whom was not looked for again, what is known.
    fn told(&self, one: &Asking, read: &HashMap<Token, Caller>, epochs: Epochs) -> Option<Caller> {
        let known = || self.sessions.get(&one.token).filter(|_| !one.afresh);
        let known = || known().map(|caller| Caller { epochs, ..caller.clone() });
        read.get(&one.token).cloned().or_else(known)
    }
}
