//! Pages that would come out the same again. A person goes back to a page of theirs many times between two changes of
//! the record; such an answer is taken from the shelf, and the look is logged like any other.
//!
//! Nothing may be taken from here that would not be given afresh. So a page is kept for the session it was made for,
//! is good only while neither a right nor a fact anywhere in the database has changed (the two epochs, read with the
//! session in every request), only under the same guidance and on the same day, and never for longer than a minute,
//! since some duties are late by the hour. What an emergency opened, and what is restricted, is never kept.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kinfold_record::ChildId;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::actor::Actor;
use crate::child::ChildPage;
use crate::error::Result;
use crate::house::{Book, Casework};

/// How long a page is good at most.
const LONGEST: SignedDuration = SignedDuration::from_secs(60);
/// How much is kept, in bytes of text.
const ROOM: u64 = 128 << 20;
/// About how many pages that is: only a hint for the tables behind.
const ABOUT: usize = 4096;

/// A page that can be kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The first page of one's own work.
    Work,
    /// A child's page, with the part of its address that says how it is drawn.
    Child(ChildId, String),
}

struct Kept {
    page: Arc<[u8]>,
    access_epoch: i64,
    data_epoch: i64,
    on: Date,
    at: Timestamp,
    book: Arc<Book>,
    /// How many duties the list of work showed: the log says it.
    duties: usize,
}

type Key = ([u8; 32], Shown);

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Kept>> for Bytes {
    fn weight(&self, _: &Key, kept: &Arc<Kept>) -> u64 {
        // The page and what it takes to keep it.
        kept.page.len() as u64 + 512
    }
}

pub(crate) struct Shelf(Cache<Key, Arc<Kept>, Bytes>);

impl Default for Shelf {
    fn default() -> Self {
        Self(Cache::with_weighter(ABOUT, ROOM, Bytes))
    }
}

impl Casework {
    /// The page as this session was shown it before, if it would be the same now. The look is logged.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub async fn shown_before(&self, actor: &Actor, what: &Shown) -> Result<Option<Arc<[u8]>>> {
        let key = (actor.token, what.clone());
        let Some(kept) = self.house.shelf.0.get(&key) else { return Ok(None) };
        let now = self.now();
        let good = kept.access_epoch == actor.access_epoch
            && kept.data_epoch == actor.data_epoch
            && kept.on == self.today()
            && now.duration_since(kept.at) < LONGEST
            && Arc::ptr_eq(&kept.book, &self.book())
            && actor.snapshot.glass.is_empty();
        if !good {
            self.house.shelf.0.remove(&key);
            return Ok(None);
        }
        let line = match what {
            Shown::Work => actor.looked_at_work(kept.duties),
            Shown::Child(child, _) => actor.looked_at_child(*child),
        };
        self.house.pen.write(vec![line]).await?;
        Ok(Some(Arc::clone(&kept.page)))
    }

    /// Keeps the first page of somebody's own work as it was shown.
    pub fn keep_work(&self, actor: &Actor, duties: usize, page: Arc<[u8]>) {
        self.put_on_shelf(actor, Shown::Work, duties, self.book(), page);
    }

    /// Keeps a child's page as it was shown, unless it is one that must not be kept.
    pub fn keep_child(&self, actor: &Actor, child: &ChildPage, drawn: String, page: Arc<[u8]>) {
        if child.handle.restricted || child.handle.opening.is_some() {
            return;
        }
        self.put_on_shelf(actor, Shown::Child(child.handle.id(), drawn), 0, Arc::clone(&child.book), page);
    }

    fn put_on_shelf(&self, actor: &Actor, what: Shown, duties: usize, book: Arc<Book>, page: Arc<[u8]>) {
        if !actor.snapshot.glass.is_empty() {
            return;
        }
        // The epochs are those of the request's beginning: what was read later is at least as new.
        let kept = Kept {
            page,
            access_epoch: actor.access_epoch,
            data_epoch: actor.data_epoch,
            on: self.today(),
            at: actor.now,
            book,
            duties,
        };
        self.house.shelf.0.insert((actor.token, what), Arc::new(kept));
    }
}
