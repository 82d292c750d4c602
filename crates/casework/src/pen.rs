//! The pen writes the log. A line of a read must be on disk before the answer leaves, and a disk flush for each page
//! would be slow: so the lines of all requests that arrive while one flush runs are written together by the next.
//!
//! The lists of lines by child and by person are written by the pen too, now and then: sooner when nobody waits, later but
//! for many lines at once when somebody always does.

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
/// How many lines are put into the lists together when nobody waits: few enough that whoever comes next waits for
/// hundredths of a second.
const SORT: i64 = 1024;
/// How many of its lines the pen leaves out of the lists at most: whoever looks for lines reads these one by one.
const SORT_BUSY: i64 = 32_768;

#[derive(Clone)]
pub(crate) struct Pen(mpsc::Sender<Job>);

impl Pen {
    /// Starts the writer. It stops when the last handle is dropped.
    pub fn start(store: Store) -> Self {
        let (send, mut jobs) = mpsc::channel::<Job>(4096);
        tokio::spawn(async move {
            // How many lines the lists wait for, as far as this pen knows.
            let mut unsorted = 0;
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
                unsorted += i64::try_from(lines).unwrap_or(i64::MAX);
                if unsorted >= SORT_BUSY || unsorted >= SORT && jobs.is_empty() {
                    unsorted = sort(&store).await.unwrap_or_else(|error| {
                        tracing::warn!(%error, "the log was not sorted; it will be tried again");
                        0
                    });
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

/// Puts lines into the lists; answers how many are left.
async fn sort(store: &Store) -> kinfold_store::Result<i64> {
    let mut unit = store.write().await?;
    let left = unit.sort_audit(SORT_BUSY).await?;
    unit.commit().await?;
    Ok(left)
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kinfold_access::Purpose;
    use kinfold_store::testing::both;

    use super::*;
    use crate::actor::audit_line;

    fn lines(count: usize) -> Vec<NewAudit> {
        let (at, nothing) = (Timestamp::UNIX_EPOCH, serde_json::Value::Null);
        let line = audit_line(at, None, None, "read_record", None, Purpose::DirectCare, true, &nothing);
        vec![line; count]
    }

    #[tokio::test]
    async fn lines_come_into_the_lists_a_thousand_at_a_time() {
        for db in both().await {
            let pen = Pen::start(db.store.clone());
            let unsorted = || async { db.store.write().await.unwrap().sort_audit(0).await.unwrap() };
            pen.write(lines(600)).await.unwrap();
            pen.write(lines(400)).await.unwrap();
            assert_eq!(unsorted().await, 1000, "{}", db.name);
            pen.write(lines(100)).await.unwrap();
            // The pen comes to this one after it has sorted those.
            pen.write(lines(1)).await.unwrap();
            assert_eq!(unsorted().await, 1, "{}", db.name);
        }
    }
}
