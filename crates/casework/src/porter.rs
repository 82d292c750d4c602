//! The porter looks at the door who is asking. Every request begins with a look at its session, and on SQLite whoever
//! reads after somebody else's commit reads the first pages of the file again; with a line of the log for every page,
//! that is nearly everybody. So the requests that arrive while one look runs are looked up together by the next.
//!
//! A look begins only after the request has arrived: nobody is let in by what was true before.

use std::collections::HashMap;

use kinfold_store::{SessionGlance, Store};
use tokio::sync::{mpsc, oneshot};

use crate::error::Result;

/// A token's hash, as sessions are kept by.
type Token = [u8; 32];

struct Caller {
    token: Token,
    /// Told the session, or that there is none; dropped when the look failed.
    told: oneshot::Sender<Option<SessionGlance>>,
}

/// How many are looked up together at most.
const TOGETHER: usize = 64;

#[derive(Clone)]
pub(crate) struct Porter {
    callers: mpsc::Sender<Caller>,
    store: Store,
}

impl Porter {
    /// Opens the door. The porter goes when the last handle is dropped.
    pub fn start(store: Store) -> Self {
        let (callers, mut waiting) = mpsc::channel::<Caller>(4096);
        let at_the_door = store.clone();
        tokio::spawn(async move {
            while let Some(first) = waiting.recv().await {
                let mut together = vec![first];
                while together.len() < TOGETHER {
                    let Ok(caller) = waiting.try_recv() else { break };
                    together.push(caller);
                }
                // Of a look that failed nobody is told: each then looks for itself and meets its own error.
                let Ok(found) = look(&at_the_door, &together).await else { continue };
                for caller in together {
                    let _ = caller.told.send(found.get(caller.token.as_slice()).cloned());
                }
            }
        });
        Self { callers, store }
    }

    /// The session of a token, as it is now.
    pub async fn session(&self, token: &Token) -> Result<Option<SessionGlance>> {
        let (told, answer) = oneshot::channel();
        if self.callers.send(Caller { token: *token, told }).await.is_ok()
            && let Ok(found) = answer.await
        {
            return Ok(found);
        }
        Ok(self.store.glance().await?.session(token).await?)
    }
}

async fn look(store: &Store, together: &[Caller]) -> kinfold_store::Result<HashMap<Vec<u8>, SessionGlance>> {
    let mut unit = store.glance().await?;
    let found = match together {
        [one] => unit.session(&one.token).await?.into_iter().collect(),
        several => {
            let mut tokens: Vec<Vec<u8>> = several.iter().map(|caller| caller.token.to_vec()).collect();
            tokens.sort_unstable();
            tokens.dedup();
            unit.sessions(&tokens).await?
        }
    };
    Ok(found.into_iter().map(|glance| (glance.session.token_hash.clone(), glance)).collect())
}
