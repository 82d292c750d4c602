//! A child's entries, and which of them stand.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{ChildId, Entry, EntryId, Event, EventKind};

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
#[serde(try_from = "Unchecked")]
pub struct Chronology {
    /// Whose.
    pub child: ChildId,
    entries: Vec<Entry>,
}

/// What is read back before it is checked.
#[derive(Deserialize)]
struct Unchecked {
    child: ChildId,
    entries: Vec<Entry>,
}

impl TryFrom<Unchecked> for Chronology {
    type Error = ChronologyError;

    fn try_from(read: Unchecked) -> Result<Self, ChronologyError> {
        Self::new(read.child, read.entries)
    }
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

    /// Which entry took the place of which, as known at an instant: a correction, the correction recorded after it, or
    /// the withdrawal. Entries that still stand are not in it.
    pub fn replaced(&self, known_at: Option<Timestamp>) -> HashMap<EntryId, EntryId> {
        let lineages = Lineages::new(self, known_at);
        let mut out = HashMap::new();
        for e in self.known_at(known_at) {
            if let Some(old) = e.replaces {
                out.insert(old, e.id);
            }
        }
        for e in self.known_at(known_at) {
            if let Some(last) = lineages.last_word(e.id)
                && last != e.id
            {
                out.entry(e.id).or_insert(last);
            }
        }
        out
    }

    /// The entries that stand at an instant, by the day they happened, then by what they are (a home starts after the
    /// care it belongs to, and care ceases after everything else), then by time and by the order of recording.
    ///
    /// Entries that correct each other, directly or through others, are one lineage, and the last word recorded in it
    /// stands. So a second correction of the same entry supersedes the first; and when the last word is a withdrawal,
    /// nothing of the lineage stands: withdrawing a correction does not bring the original back, because the original
    /// was already said to be wrong. To bring it back, record it again as a correction.
    pub fn standing(&self, known_at: Option<Timestamp>) -> Vec<&Entry> {
        let mut out: Vec<&Entry> =
            self.known_at(known_at).filter(|e| !matches!(e.event, Event::Withdrawn { .. })).collect();
        if self.known_at(known_at).any(|e| e.replaces.is_some()) {
            let lineages = Lineages::new(self, known_at);
            out.retain(|e| lineages.last_word(e.id).is_none_or(|last| last == e.id));
        }
        // Stable: what is equal keeps the order of recording.
        out.sort_by_key(|e| {
            let kind = e.event.kind();
            (e.happened_on, kind == EventKind::CareCeased, kind, e.happened_at)
        });
        out
    }
}

/// Which entries correct each other, and what was said last.
struct Lineages {
    /// What each correction replaces.
    replaces: HashMap<EntryId, EntryId>,
    /// The last word of each lineage, by the entry it began with.
    last: HashMap<EntryId, EntryId>,
}

impl Lineages {
    fn new(chronology: &Chronology, known_at: Option<Timestamp>) -> Self {
        let known = || chronology.known_at(known_at);
        let replaces: HashMap<_, _> = known().filter_map(|e| Some((e.id, e.replaces?))).collect();
        let answered: HashSet<_> = replaces.values().copied().collect();
        let mut out = Self { replaces, last: HashMap::new() };
        // In the order of recording, so that the last word wins. An entry that another answers never has it.
        for e in known().filter(|e| e.replaces.is_some() && !answered.contains(&e.id)) {
            out.last.insert(out.origin(e.id), e.id);
        }
        out
    }

    fn origin(&self, mut id: EntryId) -> EntryId {
        // Never a circle: the chronology refuses those.
        while let Some(older) = self.replaces.get(&id) {
            id = *older;
        }
        id
    }

    /// The last word in this entry's lineage; `None` when nothing ever corrected it.
    fn last_word(&self, id: EntryId) -> Option<EntryId> {
        self.last.get(&self.origin(id)).copied()
    }
}
