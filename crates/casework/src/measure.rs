//! How long it takes to work out every duty afresh, part by part: for `kinfold bench`.

use std::time::{Duration, Instant};

use kinfold_pathway::duties;
use kinfold_record::Timeline;
use rayon::prelude::*;
use uuid::Uuid;

use crate::error::Result;
use crate::house::Casework;
use crate::project::decode_timeline;

/// Times of one pass over every chronology, each part on all cores and by itself.
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

/// As many as a refresh reads at a time.
const CHUNK: i64 = 256;

impl Casework {
    /// Works out every duty and throws the answers away.
    ///
    /// # Errors
    /// When the store does not answer or a projection cannot be read.
    pub async fn measure_recompute(&self) -> Result<Recomputed> {
        let (today, book) = (self.today(), self.book());
        let mut done = Recomputed::default();
        let mut after: Option<Uuid> = None;
        let mut unit = self.house.store.glance().await?;
        loop {
            let start = Instant::now();
            let chunk = unit.all_folds(after, CHUNK).await?;
            done.read += start.elapsed();
            let Some(last) = chunk.last() else { return Ok(done) };
            after = Some(last.id);
            tokio::task::block_in_place(|| -> Result<()> {
                let start = Instant::now();
                let timelines: Vec<Timeline> =
                    chunk.par_iter().map(|line| decode_timeline(&line.timeline)).collect::<Result<_>>()?;
                done.decode += start.elapsed();
                let start = Instant::now();
                done.duties +=
                    timelines.par_iter().map(|t| duties(t, &book.rules, today).duties.len()).sum::<usize>();
                done.compute += start.elapsed();
                done.chronologies += chunk.len();
                Ok(())
            })?;
        }
    }
}
