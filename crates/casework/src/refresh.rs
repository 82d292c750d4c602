//! Bringing what is derived up to date: for children whose answer changes today, for everybody when the guidance
//! changes, and from the entries alone when a projection is in doubt.

use std::ops::ControlFlow;

use jiff::civil::Date;
use kinfold_pathway::duties;
use kinfold_record::{ChildId, Chronology};
use kinfold_store::{ChildRow, EntryRow, Fold, FoldReader};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::{
    Derived, Directory, PROJECTION_VERSION, decode_timeline, derive, derive_from, digest, next_change,
};
use crate::record::{hand_to_readers, write_derived};

/// What a refresh did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Chronologies looked at.
    pub looked_at: usize,
    /// Chronologies whose duties or columns changed.
    pub changed: usize,
    /// Chronologies that are damaged: what is stored of them stays as it was. `kinfold verify` names them.
    pub damaged: usize,
}

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Chronologies made again.
    pub looked_at: usize,
    /// Chronologies that came out differently.
    pub changed: usize,
    /// Those that could not be made again, one line each, by the record's number: what is stored of them stays.
    pub refused: Vec<String>,
}

/// How many damaged chronologies are passed over. More are no damage to one or the other: something is wrong with all.
const DAMAGED: usize = 100;

/// Lines of the log put into its lists at a time.
const LINES: i64 = 100_000;

/// How many threads share out what everybody's duties are worked out from: two for each core, so that a core goes on
/// while one of them waits for the disk.
pub(crate) fn hands() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from) * 2
}

impl Casework {
    /// Recomputes the duties of every chronology from its timeline, and writes those that differ. A damaged one keeps
    /// nobody else waiting.
    ///
    /// # Errors
    /// When the store does not answer, or too many are damaged. What was written before stays.
    pub async fn refresh_all(&self) -> Result<Refreshed> {
        let today = self.today();
        let mut working = JoinSet::new();
        for reader in self.house.store.fold_readers(hands()).await? {
            let book = self.book();
            working.spawn_blocking(move || look_at(reader, &book, today));
        }
        let mut done = Refreshed::default();
        let mut changed = Vec::new();
        for looked_at in working.join_all().await {
            let looked_at = looked_at?;
            done.looked_at += looked_at.children;
            changed.extend(looked_at.changed);
        }
        if changed.is_empty() {
            return Ok(done);
        }
        changed.sort_unstable();
        let directory = Directory::read(&mut *self.house.store.glance().await?, today).await?;
        done.damaged = self.refresh_each(&changed, &directory).await?;
        done.changed = changed.len() - done.damaged;
        Ok(done)
    }

    /// Recomputes the chronologies whose answer changes by the date alone. Cheap when called often. A damaged one keeps
    /// nobody else waiting.
    ///
    /// # Errors
    /// When the store does not answer, or too many are damaged.
    pub async fn refresh_due(&self) -> Result<Refreshed> {
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let due = unit.children_to_refresh(today, i64::MAX).await?;
        let directory = Directory::read(&mut *unit, today).await?;
        drop(unit);
        let damaged = self.refresh_each(&due, &directory).await?;
        Ok(Refreshed { looked_at: due.len(), changed: due.len() - damaged, damaged })
    }

    /// Recomputes these; answers how many of them are damaged.
    async fn refresh_each(&self, ids: &[Uuid], directory: &Directory) -> Result<usize> {
        let mut damaged = 0;
        for id in ids {
            match self.refresh(ChildId(*id), directory).await {
                Ok(()) => {}
                Err(error @ (Error::Internal(_) | Error::Store(kinfold_store::Error::Corrupt(_))))
                    if damaged < DAMAGED =>
                {
                    damaged += 1;
                    tracing::error!(record = %id, %error, "a record's duties could not be worked out");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(damaged)
    }

    /// Recomputes one chronology from its timeline.
    pub(crate) async fn refresh(&self, child: ChildId, directory: &Directory) -> Result<()> {
        let (today, book) = (self.today(), self.book());
        let mut unit = self.house.store.write().await?;
        let Some(glance) = unit.child_row(child.0).await? else { return Ok(()) };
        let row = glance.child;
        if row.projection.projection_version != PROJECTION_VERSION {
            return Err(Error::Internal("projections are out of date: run kinfold rebuild".into()));
        }
        let timeline = decode_timeline(&row.projection.timeline)?;
        let mut derived = derive_from(timeline, row.projection.entries, row.team, &book, directory, today)?;
        hand_to_readers(&mut *unit, child, &mut derived, today).await?;
        write_derived(&mut *unit, &row, &derived).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Rebuilds every projection from the entries alone, and the log's lists from its lines.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn rebuild(&self, mut progress: impl FnMut(usize)) -> Result<Rebuilt> {
        self.rebuild_log_lists().await?;
        let today = self.today();
        let mut done = Rebuilt::default();
        let mut after = None;
        loop {
            let mut unit = self.house.store.write().await?;
            let directory = Directory::read(&mut *unit, today).await?;
            let ids = unit.all_children(after, 256).await?;
            let Some(last) = ids.last() else { return Ok(done) };
            after = Some(*last);
            for id in &ids {
                let Some(glance) = unit.child_row(*id).await? else { continue };
                let entries = unit.entries(*id).await?;
                let mut derived = match self.derive_from_entries(&glance.child, &entries, &directory) {
                    Ok(derived) => derived,
                    Err(error) => {
                        done.refused.push(format!("{}: {}", glance.child.reference, told(&error)));
                        continue;
                    }
                };
                hand_to_readers(&mut *unit, ChildId(*id), &mut derived, today).await?;
                done.looked_at += 1;
                if derived.projection != glance.child.projection {
                    done.changed += 1;
                }
                write_derived(&mut *unit, &glance.child, &derived).await?;
            }
            unit.commit().await?;
            progress(done.looked_at);
        }
    }

    /// Makes the lists of the log's lines by child and by person again.
    async fn rebuild_log_lists(&self) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        unit.unsort_audit().await?;
        unit.commit().await?;
        loop {
            let mut unit = self.house.store.write().await?;
            let left = unit.sort_audit(LINES).await?;
            unit.commit().await?;
            if left == 0 {
                return Ok(());
            }
        }
    }

    /// What the entries alone give: for `rebuild`, and for `verify` to compare with what is stored.
    pub(crate) fn derive_from_entries(
        &self,
        row: &ChildRow,
        entries: &[EntryRow],
        directory: &Directory,
    ) -> Result<Derived> {
        let entries = entries.iter().map(EntryRow::entry).collect::<Result<Vec<_>, _>>()?;
        let chronology = Chronology::new(ChildId(row.id), entries)
            .map_err(|e| Error::Internal(format!("chronology {}: {e}", row.reference)))?;
        derive(&chronology, row.team, &self.book(), directory, self.today())
    }
}

/// What an operator must know, which a person in a browser need not.
pub(crate) fn told(error: &Error) -> String {
    match error {
        Error::Store(why) => why.to_string(),
        other => other.to_string(),
    }
}

/// What one thread looked at.
struct LookedAt {
    children: usize,
    /// For whom something else is stored now.
    changed: Vec<Uuid>,
}

/// Works out what this reader lends, and compares it with what is stored.
fn look_at(reader: Box<dyn FoldReader>, book: &Book, today: Date) -> Result<LookedAt> {
    let mut looked_at = LookedAt { children: 0, changed: Vec::new() };
    reader.read(&mut |fold| {
        looked_at.children += 1;
        // Whoever writes it anew meets what is wrong with it once more, and tells.
        let changed = is_changed(fold, book, today).unwrap_or(true);
        looked_at.changed.extend(changed.then_some(fold.id));
        ControlFlow::Continue(())
    })?;
    Ok(looked_at)
}

/// Whether this child's duties, or the day on which they next change by themselves, are no longer what is stored. The day
/// matters when a rule has come that is not in force yet: nothing is owed by it, and nobody would look on its day.
fn is_changed(fold: Fold<'_>, book: &Book, today: Date) -> Result<bool> {
    let timeline = decode_timeline(fold.timeline)?;
    let found = duties(&timeline, &book.rules, today);
    Ok(digest(&found.duties, next_change(found.next_change, &timeline, today)) != fold.digest)
}
