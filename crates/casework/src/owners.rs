//! Who owns which duty follows from roles and teams. When those change, owners are worked out again, behind the page
//! that changed them.

use std::sync::atomic::{AtomicBool, Ordering};

use kinfold_record::ChildId;
use kinfold_store::DutyRow;
use rayon::prelude::*;
use uuid::Uuid;

use crate::error::Result;
use crate::house::Casework;
use crate::project::{Directory, decode_timeline, derive_from};

/// Chronologies looked at together.
const CHUNK: i64 = 1024;

/// One run at a time; a change during a run asks for another one.
#[derive(Debug, Default)]
pub(crate) struct OwnersDue {
    due: AtomicBool,
    running: tokio::sync::Mutex<()>,
}

impl Casework {
    /// Says that roles or teams have changed. Returns at once; the duties find their new owners a moment later.
    pub(crate) fn owners_changed(&self) {
        let was_due = self.house.owners.due.swap(true, Ordering::SeqCst);
        if was_due {
            return;
        }
        let casework = self.clone();
        tokio::spawn(async move {
            let _one = casework.house.owners.running.lock().await;
            casework.house.owners.due.store(false, Ordering::SeqCst);
            if let Err(error) = casework.find_owners().await {
                tracing::error!(%error, "duties could not be given to their new owners");
            }
        });
    }

    /// Works out the owner of every open duty and writes those that differ. Answers how many chronologies changed.
    ///
    /// # Errors
    /// When the store does not answer. What was written stays.
    pub async fn find_owners(&self) -> Result<usize> {
        let (today, book) = (self.today(), self.book());
        let mut changed = 0;
        let mut after: Option<Uuid> = None;
        loop {
            let mut unit = self.house.store.read().await?;
            let directory = Directory::read(&mut *unit, today).await?;
            let lines = unit.all_projections(after, CHUNK).await?;
            let Some(last) = lines.last() else { return Ok(changed) };
            let mut stored: Vec<DutyRow> = Vec::new();
            // Children without a duty are not counted among `children` there, so read on until the last of ours.
            let mut from = after;
            loop {
                let some = unit.duties_after(from, CHUNK).await?;
                let Some(reached) = some.last().map(|d| d.child) else { break };
                stored.extend(some);
                from = Some(reached);
                if reached >= last.id {
                    break;
                }
            }
            after = Some(last.id);
            drop(unit);
            let differing = tokio::task::block_in_place(|| {
                lines
                    .par_iter()
                    .filter_map(|line| {
                        let at = stored.partition_point(|d| d.child < line.id);
                        let own: Vec<&DutyRow> =
                            stored.iter().skip(at).take_while(|d| d.child == line.id).collect();
                        let timeline = decode_timeline(&line.timeline).ok()?;
                        let derived = derive_from(timeline, 0, line.team, &book, &directory, today).ok()?;
                        let same = derived.duties.iter().all(|duty| {
                            own.iter().any(|o| {
                                o.rule == duty.rule
                                    && o.occurrence == duty.occurrence
                                    && o.owner_person == duty.owner_person
                            })
                        });
                        (!same).then_some(line.id)
                    })
                    .collect::<Vec<Uuid>>()
            });
            changed += differing.len();
            for id in differing {
                self.refresh(ChildId(id), &directory).await?;
            }
        }
    }
}
