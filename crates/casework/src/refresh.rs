//! Bringing what is derived up to date: for children whose answer changes today, for everybody when the guidance
//! changes, and from the entries alone when a projection is in doubt.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use kinfold_pathway::duties;
use kinfold_record::{ChildId, Chronology};
use kinfold_store::{ChildRow, EntryRow, FoldLine, Unit};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::{
    Derived, Directory, PROJECTION_VERSION, decode_timeline, derive, derive_from, digest, encode_into,
};
use crate::record::{hand_to_readers, write_derived};

/// What a refresh did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Chronologies looked at.
    pub looked_at: usize,
    /// Chronologies whose duties or columns changed.
    pub changed: usize,
}

/// Children read and computed at a time: enough to keep the cores busy, and few enough that their memory is used again
/// before it is given back.
const CHUNK: i64 = 256;
/// Helpings read ahead of the cores that work them out.
const AHEAD: usize = 8;

impl Casework {
    /// Recomputes the duties of every chronology from its timeline, and writes those that differ.
    ///
    /// # Errors
    /// When the store does not answer. Chunks already written stay.
    pub async fn refresh_all(&self) -> Result<Refreshed> {
        let today = self.today();
        let mut done = Refreshed::default();
        let mut unit = self.house.store.glance().await?;
        let directory = Directory::read(&mut *unit, today).await?;
        let (mut looked_at, cores) = looked_at(read_ahead(unit), &self.book(), today);
        let mut whole = false;
        while let Some(chunk) = looked_at.recv().await {
            let chunk = chunk?;
            whole |= chunk.children == 0;
            done.looked_at += chunk.children;
            done.changed += chunk.changed.len();
            for id in chunk.changed {
                self.refresh(ChildId(id), &directory).await?;
            }
        }
        cores.join_all().await;
        // The last helping is an empty one: a reading that stopped before it was not whole, and must not pass for it.
        if whole {
            Ok(done)
        } else {
            Err(Error::Internal("reading the timelines stopped before its end".into()))
        }
    }

    /// Recomputes the chronologies whose answer changes by the date alone. Cheap when called often.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn refresh_due(&self) -> Result<Refreshed> {
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let due = unit.children_to_refresh(today, i64::MAX).await?;
        let directory = Directory::read(&mut *unit, today).await?;
        drop(unit);
        for id in &due {
            self.refresh(ChildId(*id), &directory).await?;
        }
        Ok(Refreshed { looked_at: due.len(), changed: due.len() })
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

    /// Rebuilds every projection from the entries alone.
    ///
    /// # Errors
    /// When an entry cannot be read or the store does not answer.
    pub async fn rebuild(&self, mut progress: impl FnMut(usize)) -> Result<Refreshed> {
        let today = self.today();
        let mut done = Refreshed::default();
        let mut after = None;
        loop {
            let mut unit = self.house.store.write().await?;
            let directory = Directory::read(&mut *unit, today).await?;
            let ids = unit.all_children(after, 256).await?;
            let Some(last) = ids.last() else { return Ok(done) };
            after = Some(*last);
            for id in &ids {
                let Some(glance) = unit.child_row(*id).await? else { continue };
                let mut derived =
                    self.derive_from_entries(&glance.child, &unit.entries(*id).await?, &directory)?;
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

/// Every child's timeline, a helping at a time, the next ones read while others are worked on. The reading stops when
/// nobody takes them any more.
fn read_ahead(mut unit: Box<dyn Unit>) -> mpsc::Receiver<Result<Vec<FoldLine>>> {
    let (to, from) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut after: Option<Uuid> = None;
        loop {
            let chunk = unit.all_folds(after, CHUNK).await.map_err(Error::from);
            after = chunk.as_ref().ok().and_then(|chunk| chunk.last()).map(|line| line.id);
            if to.send(chunk).await.is_err() || after.is_none() {
                return;
            }
        }
    });
    from
}

/// What became of one helping.
struct LookedAt {
    children: usize,
    /// Whose duties are no longer what is stored.
    changed: Vec<Uuid>,
}

/// Works the helpings out on every core. Each core takes the next one when it is done with its own, so that none waits
/// for the slowest child of another. A core that breaks off breaks off whoever joins it.
fn looked_at(
    chunks: mpsc::Receiver<Result<Vec<FoldLine>>>,
    book: &Arc<Book>,
    today: Date,
) -> (mpsc::UnboundedReceiver<Result<LookedAt>>, JoinSet<()>) {
    let (to, from) = mpsc::unbounded_channel();
    let chunks = Arc::new(Mutex::new(chunks));
    let mut cores = JoinSet::new();
    for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
        let (chunks, book, to) = (Arc::clone(&chunks), Arc::clone(book), to.clone());
        cores.spawn_blocking(move || {
            let mut bytes = Vec::new();
            loop {
                let chunk = chunks.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
                let Some(chunk) = chunk else { return };
                let chunk = chunk.and_then(|chunk| {
                    let changed = chunk.iter().map(|line| recomputed(&mut bytes, line, &book, today));
                    let changed = changed.filter_map(Result::transpose).collect::<Result<Vec<Uuid>>>()?;
                    Ok(LookedAt { children: chunk.len(), changed })
                });
                if to.send(chunk).is_err() {
                    return;
                }
            }
        });
    }
    (from, cores)
}

/// The id, if this child's duties are no longer what is stored.
fn recomputed(bytes: &mut Vec<u8>, line: &FoldLine, book: &Book, today: Date) -> Result<Option<Uuid>> {
    let timeline = decode_timeline(&line.timeline)?;
    let found = duties(&timeline, &book.rules, today);
    encode_into(&found.duties, bytes)?;
    Ok((digest(bytes) != line.duties_digest).then_some(line.id))
}
