//! The pen writes the log. A line of a read must be on disk before the answer leaves, and a disk flush for each page
//! would be slow: so the lines of all requests that arrive while one flush runs are written together by the next.

use kinfold_access::log::AuditLine;
use kinfold_record::{ChildId, PersonId};
use kinfold_store::{NewAudit, Store, Unit};
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};

struct Job {
    lines: Vec<NewAudit>,
    done: oneshot::Sender<Result<(), String>>,
}

/// How many lines one transaction takes at most.
const BATCH: usize = 512;

#[derive(Clone)]
pub(crate) struct Pen(mpsc::Sender<Job>);

impl Pen {
    /// Starts the writer. It stops when the last handle is dropped.
    pub fn start(store: Store) -> Self {
        let (send, mut jobs) = mpsc::channel::<Job>(4096);
        tokio::spawn(async move {
            while let Some(first) = jobs.recv().await {
                let mut batch = vec![first];
                let mut lines = batch[0].lines.len();
                while lines < BATCH {
                    let Ok(job) = jobs.try_recv() else { break };
                    lines += job.lines.len();
                    batch.push(job);
                }
                let written = write(&store, &mut batch).await.map_err(|e| e.to_string());
                for job in batch {
                    // Nobody may be waiting any more (a closed connection); the line is written all the same.
                    let _ = job.done.send(written.clone());
                }
            }
        });
        Self(send)
    }

    /// Writes lines and returns when they are on disk.
    pub async fn write(&self, lines: Vec<NewAudit>) -> Result<()> {
        let (done, written) = oneshot::channel();
        let gone = |_| Error::Internal("the log has stopped".into());
        self.0.send(Job { lines, done }).await.map_err(|e| gone(e.to_string()))?;
        written.await.map_err(|e| gone(e.to_string()))?.map_err(Error::Internal)
    }
}

async fn write(store: &Store, batch: &mut [Job]) -> kinfold_store::Result<()> {
    let lines: Vec<NewAudit> = batch.iter_mut().flat_map(|job| std::mem::take(&mut job.lines)).collect();
    let mut unit = store.write().await?;
    log(&mut *unit, lines).await?;
    unit.commit().await
}

/// Writes lines inside the caller's transaction: gives each its place in the log and seals it.
pub(crate) async fn log(unit: &mut dyn Unit, mut lines: Vec<NewAudit>) -> kinfold_store::Result<()> {
    unit.append_audit(&mut lines, |seq, line| sealed(seq, line).leaf().0).await.map(drop)
}

/// A stored line as the log's mathematics sees it. Places count from 1 there, from 0 in the store.
pub(crate) fn sealed(seq: i64, line: &NewAudit) -> AuditLine {
    AuditLine {
        seq: u64::try_from(seq).unwrap_or(0) + 1,
        at: line.at,
        person: line.person.map(PersonId),
        session_short: line.session.as_deref().map(Into::into),
        action: line.action.as_str().into(),
        child: line.child.map(ChildId),
        purpose: line.purpose.as_str().into(),
        outcome: if line.allowed { "allowed".into() } else { "refused".into() },
        detail: line.detail.clone(),
    }
}
