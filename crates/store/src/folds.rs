//! Reading what every child's duties are worked out from: several readers share all children out among themselves, so
//! that each reads and works in turn and nothing is handed from one thread to another.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use uuid::Uuid;

use crate::{Error, FoldLine, Result, Unit};

/// What a child's duties are worked out from, lent while it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold<'r> {
    /// The child.
    pub id: Uuid,
    /// As in [`crate::Projection::digest`].
    pub digest: i64,
    /// The folded timeline.
    pub timeline: &'r [u8],
}

/// One of the readers of [`crate::Store::fold_readers`].
pub trait FoldReader: Send {
    /// Lends children until all that there were at the beginning have been lent, by this reader or another, or until
    /// it is told to break off. Blocks: it is for a thread of its own.
    ///
    /// # Errors
    /// When the database does not answer. A reading that fails on one reader is not whole.
    fn read(self: Box<Self>, look: &mut dyn FnMut(Fold<'_>) -> ControlFlow<()>) -> Result<()>;
}

/// Children read at a time: few enough that nobody waits long for the last helping of another.
pub(crate) const HELPING: i64 = 256;
/// Helpings read ahead of those who work on them.
const AHEAD: usize = 8;

/// Readers that one connection feeds, for a database that answers over a wire.
pub(crate) fn fed(unit: Box<dyn Unit>, count: usize) -> Vec<Box<dyn FoldReader>> {
    let helpings = Arc::new(Mutex::new(Helpings { next: read_ahead(unit), ended: false }));
    (0..count).map(|_| Box::new(Fed(Arc::clone(&helpings))) as Box<dyn FoldReader>).collect()
}

struct Helpings {
    next: mpsc::Receiver<Result<Vec<FoldLine>>>,
    ended: bool,
}

struct Fed(Arc<Mutex<Helpings>>);

impl Fed {
    /// The next helping, or none at the end.
    fn next(&self) -> Result<Option<Vec<FoldLine>>> {
        let mut helpings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if helpings.ended {
            return Ok(None);
        }
        // The last helping is an empty one: a reading that stopped before it was not whole, and must not pass for it.
        let helping = helpings
            .next
            .blocking_recv()
            .ok_or_else(|| Error::Driver("reading the timelines stopped before its end".to_owned()))??;
        helpings.ended = helping.is_empty();
        Ok(Some(helping).filter(|helping| !helping.is_empty()))
    }
}

impl FoldReader for Fed {
    fn read(self: Box<Self>, look: &mut dyn FnMut(Fold<'_>) -> ControlFlow<()>) -> Result<()> {
        while let Some(helping) = self.next()? {
            for line in &helping {
                let FoldLine { id, digest, timeline } = line;
                if look(Fold { id: *id, digest: *digest, timeline }).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The next helpings, read while others are worked on. The reading stops when nobody takes them any more.
fn read_ahead(mut unit: Box<dyn Unit>) -> mpsc::Receiver<Result<Vec<FoldLine>>> {
    let (to, from) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut after: Option<Uuid> = None;
        loop {
            let helping = unit.all_folds(after, HELPING).await;
            after = helping.as_ref().ok().and_then(|helping| helping.last()).map(|line| line.id);
            if to.send(helping).await.is_err() || after.is_none() {
                return;
            }
        }
    });
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed_by(helpings: Vec<Result<Vec<FoldLine>>>) -> [Box<dyn FoldReader>; 2] {
        let (to, next) = mpsc::channel(AHEAD);
        for helping in helpings {
            to.try_send(helping).unwrap();
        }
        let helpings = Arc::new(Mutex::new(Helpings { next, ended: false }));
        [Box::new(Fed(Arc::clone(&helpings))), Box::new(Fed(helpings))]
    }

    fn line(id: u128) -> FoldLine {
        FoldLine { id: Uuid::from_u128(id), digest: 2, timeline: vec![1] }
    }

    fn count(reader: Box<dyn FoldReader>) -> Result<usize> {
        let mut count = 0;
        reader.read(&mut |_| {
            count += 1;
            ControlFlow::Continue(())
        })?;
        Ok(count)
    }

    #[test]
    fn the_end_is_told_to_every_reader() {
        let readers = fed_by(vec![Ok(vec![line(1), line(2)]), Ok(vec![line(3)]), Ok(Vec::new())]);
        assert_eq!(readers.into_iter().map(|r| count(r).unwrap()).collect::<Vec<_>>(), [3, 0]);
    }

    #[test]
    fn a_reading_that_stops_before_its_end_is_not_whole() {
        for helpings in [vec![Ok(vec![line(1)])], vec![Ok(vec![line(1)]), Err(Error::Driver("gone".into()))]]
        {
            let outcomes: Vec<_> = fed_by(helpings).into_iter().map(count).collect();
            assert!(outcomes.iter().all(Result::is_err), "{outcomes:?}");
        }
    }
}
