//! What is new, changed or known in a batch of imported children.

use std::collections::HashMap;

use kinfold_census::{ImportedChild, ImportedEntry, Level, RowError};
use kinfold_record::{
    ChildId, Chronology, Entry, EntryId, Event, EventKind, Severity, Subject, Timeline, check,
};
use kinfold_store::{EntryRow, ImportSeenRow, Unit};
use rayon::prelude::*;
use uuid::Uuid;

use super::Counts;
use crate::child::subject;
use crate::error::Result;
use crate::house::{Book, Casework};
use crate::project::decode_timeline;
use crate::record::check_codes;

/// What stands as the source of an entry that an undone import left behind.
pub(super) const UNDONE: &str = "import undone";

/// One entry to be written.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Its key and digest.
    pub key: String,
    pub digest: String,
    /// The entry, complete.
    pub entry: Entry,
}

/// A child of the return beside what is known of it.
#[derive(Debug)]
pub(super) struct Compared {
    /// Key of the child.
    pub key: String,
    /// Number in the return, for the record of a new child.
    pub known: Option<ChildId>,
    /// Whether the key must be remembered (a child known by its local identifier only).
    pub adopt: bool,
    /// What to write, in order.
    pub wanted: Vec<Wanted>,
    /// Known facts recorded by hand: remembered, so that they are the same next time.
    pub seen: Vec<ImportSeenRow>,
    /// Entries that are there, when something is to be written to a known child.
    pub standing: Vec<Entry>,
    pub same: usize,
    pub changed: usize,
    pub kept: usize,
    pub gone: usize,
    pub refused: usize,
    pub left_out: bool,
    pub problems: Vec<RowError>,
}

impl Compared {
    fn new(child: &ImportedChild, known: Option<ChildId>) -> Self {
        Self {
            key: child.key.clone(),
            known,
            adopt: false,
            wanted: Vec::new(),
            seen: Vec::new(),
            standing: Vec::new(),
            same: 0,
            changed: 0,
            kept: 0,
            gone: 0,
            refused: 0,
            left_out: false,
            problems: Vec::new(),
        }
    }

    pub fn count(&self, counts: &mut Counts) {
        let of = if self.left_out {
            &mut counts.children_left_out
        } else if self.known.is_none() {
            &mut counts.children_new
        } else if self.wanted.is_empty() {
            &mut counts.children_same
        } else {
            &mut counts.children_changed
        };
        *of += 1;
        counts.entries_new += self.wanted.len().saturating_sub(self.changed);
        counts.entries_changed += self.changed;
        counts.entries_same += self.same;
        counts.entries_kept += self.kept;
        counts.entries_gone += self.gone;
        counts.entries_refused += self.refused;
    }
}

/// What is known of one child before its entries are looked at.
struct Known {
    child: ChildId,
    adopt: bool,
    seen: HashMap<String, ImportSeenRow>,
    entries: Vec<Entry>,
}

/// A problem with one fact, told by the place it was read from.
fn problem(entry: &ImportedEntry, reason: String) -> RowError {
    let (file, line) = match entry.source.rsplit_once(" row ") {
        Some((file, row)) => {
            let digits: String = row.chars().take_while(char::is_ascii_digit).collect();
            (file.to_owned(), digits.parse().ok())
        }
        None => (entry.source.clone(), None),
    };
    let file = file.strip_prefix("ssda903 ").map_or(file.clone(), str::to_owned);
    RowError { level: Level::Error, file, line, column: None, value: None, reason }
}

/// The collection year that an entry's source names: "ssda903 2026 episodes.csv row 12".
fn year_of(source: &str) -> Option<i16> {
    source.strip_prefix("ssda903 ")?.split(' ').next()?.parse().ok()
}

impl Casework {
    /// Compares a batch. The same comparison makes the dry run and the import, so the two cannot differ.
    pub(super) async fn compare(
        &self,
        unit: &mut dyn Unit,
        batch: &[ImportedChild],
        years: &[i16],
    ) -> Result<Vec<Compared>> {
        let keys: Vec<String> = batch.iter().map(|child| child.key.clone()).collect();
        let mut children: HashMap<String, ChildId> = unit
            .children_by_import_key(&keys)
            .await?
            .into_iter()
            .map(|(key, id)| (key, ChildId(id)))
            .collect();
        let (adopted, mut left_out) = self.by_local_id(unit, batch, &children).await?;
        children.extend(adopted.iter().map(|(key, id)| (key.clone(), *id)));
        let ids: Vec<Uuid> = children.values().map(|id| id.0).collect();
        let seen = unit.import_seen_of(&ids).await?;
        let mut known = self.known(unit, batch, &children, seen).await?;
        for (key, child) in &mut known {
            child.adopt = adopted.contains_key(key);
        }
        let book = self.book();
        Ok(tokio::task::block_in_place(|| {
            let judged: Vec<(&ImportedChild, Option<Known>, Option<RowError>)> = batch
                .iter()
                .map(|child| (child, known.remove(&child.key), left_out.remove(&child.key)))
                .collect();
            judged
                .into_par_iter()
                .map(|(child, known, wrong)| match (wrong, known) {
                    (Some(wrong), _) => {
                        Compared { left_out: true, problems: vec![wrong], ..Compared::new(child, None) }
                    }
                    (None, Some(known)) => self.beside(child, known, years, &book),
                    (None, None) => self.all_new(child),
                })
                .collect()
        }))
    }

    /// Children whom a person has added, found by the local identifier and the date of birth together.
    async fn by_local_id(
        &self,
        unit: &mut dyn Unit,
        batch: &[ImportedChild],
        children: &HashMap<String, ChildId>,
    ) -> Result<(HashMap<String, ChildId>, HashMap<String, RowError>)> {
        let (mut adopted, mut left_out) = (HashMap::new(), HashMap::new());
        let term = |child: &ImportedChild| {
            child
                .local_id
                .chars()
                .filter(|c| !c.is_whitespace())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let unknown: Vec<&ImportedChild> =
            batch.iter().filter(|child| !children.contains_key(&child.key)).collect();
        let terms: Vec<String> = unknown.iter().map(|child| term(child)).collect();
        let found = unit.children_by_local_id(&terms).await?;
        for child in unknown {
            let own = term(child);
            let born = child.entries.iter().find_map(|e| match &e.event {
                Event::ChildRegistered { date_of_birth, .. } => Some(*date_of_birth),
                _ => None,
            });
            for (_, id) in found.iter().filter(|(t, _)| *t == own) {
                let Some(glance) = unit.child_row(*id).await? else { continue };
                if subject(glance.child.subject) != Subject::Child {
                    continue;
                }
                let timeline = decode_timeline(&glance.child.projection.timeline)?;
                // A carer's or a home's number, or one a sibling once had, is nobody's business here.
                if timeline.born == born {
                    adopted.insert(child.key.clone(), ChildId(*id));
                } else if let Some(first) = child.entries.first() {
                    let reason = "A child with this local identifier is in the record with another date of birth, so this \
                                  child was left out. Put the identifier or the date of birth right, in the return or in the record.";
                    left_out.insert(child.key.clone(), problem(first, reason.to_owned()));
                }
            }
            if adopted.contains_key(&child.key) {
                left_out.remove(&child.key);
            }
        }
        Ok((adopted, left_out))
    }

    async fn known(
        &self,
        unit: &mut dyn Unit,
        batch: &[ImportedChild],
        children: &HashMap<String, ChildId>,
        seen: Vec<ImportSeenRow>,
    ) -> Result<HashMap<String, Known>> {
        let mut by_key: HashMap<&str, ImportSeenRow> = HashMap::new();
        for row in &seen {
            by_key.insert(row.key.as_str(), row.clone());
        }
        // Entries are read only where something differs: importing the same return again reads none.
        let differs = |child: &ImportedChild| {
            child
                .entries
                .iter()
                .any(|e| by_key.get(e.key.as_str()).is_none_or(|seen| seen.digest != e.digest))
                || seen.iter().filter(|row| belongs(&row.key, &child.key)).count() > child.entries.len()
        };
        let ids: Vec<Uuid> =
            batch.iter().filter(|c| differs(c)).filter_map(|c| children.get(&c.key)).map(|id| id.0).collect();
        let mut entries: HashMap<Uuid, Vec<Entry>> = HashMap::new();
        for row in unit.entries_of(&ids).await? {
            entries.entry(row.child).or_default().push(EntryRow::entry(&row)?);
        }
        let mut out = HashMap::new();
        for child in batch {
            let Some(id) = children.get(&child.key) else { continue };
            let own = seen.iter().filter(|row| belongs(&row.key, &child.key));
            let seen = own.map(|row| (row.key.clone(), row.clone())).collect();
            let entries = entries.remove(&id.0).unwrap_or_default();
            out.insert(child.key.clone(), Known { child: *id, adopt: false, seen, entries });
        }
        Ok(out)
    }

    fn entry(&self, child: ChildId, from: &ImportedEntry, replaces: Option<EntryId>) -> Entry {
        Entry {
            id: EntryId(self.new_id()),
            child,
            happened_on: from.happened_on,
            happened_at: None,
            recorded_at: self.now(),
            recorded_by: None,
            source: Some(from.source.clone()),
            sensitivity: from.sensitivity,
            about: Vec::new(),
            replaces,
            event: from.event.clone(),
        }
    }

    fn all_new(&self, child: &ImportedChild) -> Compared {
        let id = ChildId(self.new_id());
        let wanted = child
            .entries
            .iter()
            .map(|from| Wanted {
                key: from.key.clone(),
                digest: from.digest.clone(),
                entry: self.entry(id, from, None),
            })
            .collect();
        Compared { wanted, ..Compared::new(child, None) }
    }

    fn beside(&self, child: &ImportedChild, known: Known, years: &[i16], book: &Book) -> Compared {
        let mut out = Compared { adopt: known.adopt, ..Compared::new(child, Some(known.child)) };
        let mut entries = known.entries;
        let by_hand = |entries: &[Entry], of: EntryId| {
            entries.iter().any(|e| e.replaces == Some(of) && e.source.is_none())
        };
        for from in &child.entries {
            let seen = known.seen.get(&from.key);
            match seen {
                Some(seen) if seen.digest == from.digest => {
                    out.same += 1;
                    continue;
                }
                Some(seen) if by_hand(&entries, EntryId(seen.entry)) => {
                    out.kept += 1;
                    continue;
                }
                // The name that somebody has given the child is better than the number of the return.
                None if known.adopt && from.event.kind() == EventKind::ChildRegistered => {
                    out.kept += 1;
                    continue;
                }
                _ => {}
            }
            if seen.is_none()
                && let Some(twin) = twin(known.child, &entries, from)
            {
                out.same += 1;
                out.seen.push(ImportSeenRow {
                    key: from.key.clone(),
                    digest: from.digest.clone(),
                    entry: twin.0,
                });
                continue;
            }
            let entry = self.entry(known.child, from, seen.map(|seen| EntryId(seen.entry)));
            if let Some(reason) = self.impossible(&entries, &entry, book) {
                out.refused += 1;
                out.problems.push(problem(from, reason));
                continue;
            }
            out.changed += usize::from(seen.is_some());
            entries.push(entry.clone());
            out.wanted.push(Wanted { key: from.key.clone(), digest: from.digest.clone(), entry });
        }
        let told: std::collections::HashSet<&str> = child.entries.iter().map(|e| e.key.as_str()).collect();
        let sources: HashMap<Uuid, Option<i16>> =
            entries.iter().map(|e| (e.id.0, e.source.as_deref().and_then(year_of))).collect();
        out.gone = known
            .seen
            .values()
            .filter(|row| !told.contains(row.key.as_str()))
            .filter(|row| {
                sources.get(&row.entry).copied().flatten().is_some_and(|year| years.contains(&year))
            })
            .count();
        let added = out.wanted.len();
        entries.truncate(entries.len() - added);
        out.standing = entries;
        out
    }

    /// Why an entry cannot stand beside the others, if it cannot.
    fn impossible(&self, entries: &[Entry], entry: &Entry, book: &Book) -> Option<String> {
        if check_codes(entry, book).is_err() {
            return Some(
                "A code in this row is in no list that is in force on its day, so the row was left out."
                    .to_owned(),
            );
        }
        let without: Vec<Entry> = entries.iter().filter(|e| Some(e.id) != entry.replaces).cloned().collect();
        let timeline = Timeline::fold(&Chronology::new(entry.child, without).ok()?, None);
        check(&timeline, entry, self.today())
            .into_iter()
            .find(|p| p.severity == Severity::Impossible)
            .map(|p| format!("Beside what is in the record, this cannot be: {} It was left out.", p.message))
    }
}

/// Whether a fact's key is one of this child's.
fn belongs(key: &str, child: &str) -> bool {
    key.strip_prefix(child).is_some_and(|rest| rest.starts_with(':'))
}

/// The same thing recorded by a person on the same day.
fn twin(child: ChildId, entries: &[Entry], from: &ImportedEntry) -> Option<EntryId> {
    if !entries.iter().any(|e| e.source.is_none()) {
        return None;
    }
    let chronology = Chronology::new(child, entries.to_vec()).ok()?;
    chronology
        .standing(None)
        .into_iter()
        .find(|e| {
            e.source.is_none() && e.happened_on == from.happened_on && e.event.kind() == from.event.kind()
        })
        .map(|e| e.id)
}
