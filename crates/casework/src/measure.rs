//! How long it takes to work out every duty afresh, part by part: for `kinfold bench`.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use kinfold_pathway::duties;
use kinfold_store::FoldReader;
use tokio::task::JoinSet;

use crate::error::Result;
use crate::house::{Book, Casework};
use crate::project::decode_timeline;
use crate::refresh::hands;

/// Times of one pass over every chronology: the parts are means over the threads, so that together they come to about the
/// time of the pass, waiting for a core included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Recomputed {
    /// Chronologies.
    pub chronologies: usize,
    /// Duties they give.
    pub duties: usize,
    /// Reading the timelines from the database.
    pub read: Duration,
    /// Turning bytes into timelines.
    pub decode: Duration,
    /// The pathway itself.
    pub compute: Duration,
}

impl Casework {
    /// Works out every duty and throws the answers away.
    ///
    /// # Errors
    /// When the store does not answer or a projection cannot be read.
    pub async fn measure_recompute(&self) -> Result<Recomputed> {
        let today = self.today();
        let count = hands();
        let mut working = JoinSet::new();
        for reader in self.house.store.fold_readers(count).await? {
            let book = self.book();
            working.spawn_blocking(move || measured(reader, &book, today));
        }
        let mut done = Recomputed::default();
        for one in working.join_all().await {
            let one = one?;
            done.chronologies += one.chronologies;
            done.duties += one.duties;
            done.read += one.read;
            done.decode += one.decode;
            done.compute += one.compute;
        }
        let among = u32::try_from(count).unwrap_or(1);
        done.read /= among;
        done.decode /= among;
        done.compute /= among;
        Ok(done)
    }
}

/// One thread’s part.
fn measured(reader: Box<dyn FoldReader>, book: &Book, today: Date) -> Result<Recomputed> {
    let (mut done, mut failed) = (Recomputed::default(), None);
    let begun = Instant::now();
    reader.read(&mut |fold| {
        let start = Instant::now();
        match decode_timeline(fold.timeline) {
            Ok(timeline) => {
                let decoded = Instant::now();
                done.duties += duties(&timeline, &book.rules, today).duties.len();
                done.compute += decoded.elapsed();
                done.decode += decoded - start;
                done.chronologies += 1;
                ControlFlow::Continue(())
            }
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    done.read = begun.elapsed() - done.decode - done.compute;
    failed.map_or(Ok(done), Err)
}
