//! A child's entries, and which of them stand.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{ChildId, Entry, EntryId, Event};

/// Why a list of entries is not one chronology.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ChronologyError {
    /// An entry belongs to somebody else.
    #[error("entry {entry} belongs to another chronology ({found}), not to {expected}")]
    Stranger {
        /// The entry.
        entry: EntryId,
        /// Whose chronology this is.
        expected: ChildId,
        /// Whose entry it is.
        found: ChildId,
    },
    /// Two entries have the same id.
    #[error("entry {0} appears twice")]
    Twice(EntryId),
    /// An entry replaces one that is not there.
    #[error("entry {entry} replaces {missing}, which is not in this chronology")]
    Dangling {
        /// The entry.
        entry: EntryId,
        /// What it says it replaces.
        missing: EntryId,
    },
    /// Entries replace each other in a circle.
    #[error("entry {0} replaces itself, directly or through others")]
    Circular(EntryId),
}

/// A child's entries in the order they were recorded. Nothing is ever removed from one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chronology {
    /// Whose.
    pub child: ChildId,
    entries: Vec<Entry>,
}

impl Chronology {
    /// Checks that the entries belong together and puts them in the order they were recorded.
    ///
    /// # Errors
    /// When an entry is another child's, appears twice, or replaces something absent or itself.
    pub fn new(child: ChildId, mut entries: Vec<Entry>) -> Result<Self, ChronologyError> {
        entries.sort_by_key(|e| (e.recorded_at, e.id));
        let mut replaces = HashMap::with_capacity(entries.len());
        for entry in &entries {
            if entry.child != child {
                return Err(ChronologyError::Stranger {
                    entry: entry.id,
                    expected: child,
                    found: entry.child,
                });
            }
            if replaces.insert(entry.id, entry.replaces).is_some() {
                return Err(ChronologyError::Twice(entry.id));
            }
        }
        for entry in &entries {
            let mut seen = 0;
            let mut at = entry.replaces;
            while let Some(id) = at {
                seen += 1;
                if id == entry.id || seen > entries.len() {
                    return Err(ChronologyError::Circular(entry.id));
                }
                at = *replaces.get(&id).ok_or(ChronologyError::Dangling { entry: entry.id, missing: id })?;
            }
        }
        Ok(Self { child, entries })
    }

    /// Every entry, also those since corrected, in the order they were recorded.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries known at an instant: all of them when `None`.
    pub fn known_at(&self, at: Option<Timestamp>) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| at.is_none_or(|at| e.recorded_at <= at))
    }

    /// Which entry replaced which, as known at an instant. When two corrections name the same entry, the one
    /// recorded last stands.
    pub fn replaced(&self, known_at: Option<Timestamp>) -> HashMap<EntryId, EntryId> {
        self.known_at(known_at).filter_map(|e| e.replaces.map(|old| (old, e.id))).collect()
    }

    /// The entries that stand at an instant: known, not replaced, not withdrawals; by the day they happened, then by
    /// what they are (a home starts after the care it belongs to), then by the order of recording.
    pub fn standing(&self, known_at: Option<Timestamp>) -> Vec<&Entry> {
        let replaced = self.replaced(known_at);
        let mut latest: HashMap<EntryId, EntryId> = HashMap::new();
        for (old, new) in &replaced {
            latest.insert(*old, *new);
        }
        let mut out: Vec<&Entry> = self
            .known_at(known_at)
            .filter(|e| !replaced.contains_key(&e.id) && !matches!(e.event, Event::Withdrawn { .. }))
            // Two corrections of one entry: only the last of them stands.
            .filter(|e| e.replaces.is_none_or(|old| latest.get(&old) == Some(&e.id)))
            .collect();
        out.sort_by_key(|e| (e.happened_on, e.event.kind(), e.happened_at, e.recorded_at, e.id));
        out
    }
}
