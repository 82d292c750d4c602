//! Taking a run back. Entries are never removed: each is withdrawn, or, where it had put right what an earlier import
//! said, what was said before is said again.

use std::collections::{BTreeMap, HashMap, HashSet};

use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, EventKind};
use kinfold_store::{EntryRow, ImportSeenRow};
use uuid::Uuid;

use super::run::hidden_by_undo;
use super::{BATCH, Progress, run_row};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::read_entries;
use kinfold_census::digest_of;

/// What undoing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Entries withdrawn.
    pub withdrawn: usize,
    /// Entries set back to what an earlier import said.
    pub set_back: usize,
    /// Entries left because somebody has corrected them by hand since, or because work has built on them.
    pub kept: usize,
    /// Children who are out of sight again, because nothing else is known of them.
    pub hidden: usize,
}

/// What undoing does to one child.
struct Steps {
    added: Vec<Entry>,
    seen: Vec<ImportSeenRow>,
    /// What stays though the run brought it: known again next time.
    kept: Vec<ImportSeenRow>,
    undone: Undone,
}

impl Casework {
    /// Withdraws everything that a run brought in. Stopped half-way, it can be asked for again.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right or when there is no such run; [`Error::Invalid`] when it is undone already.
    pub async fn undo_import(
        &self,
        by: Option<&Actor>,
        run: Uuid,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<Undone> {
        self.may_import(by)?;
        let mut unit = self.house.store.read().await?;
        let mut row = run_row(&mut *unit, run).await?;
        if row.status == "undone" {
            return Err(Error::invalid("", "This import is undone already."));
        }
        if row.status == "running" {
            return Err(Error::invalid("", "This import is still running. Wait until it has finished."));
        }
        let mut brought: BTreeMap<Uuid, HashSet<Uuid>> = BTreeMap::new();
        let mut after = 0;
        loop {
            let some = unit.entries_of_run(run, after, 4096).await?;
            let Some(last) = some.last() else { break };
            after = last.seq;
            for entry in some {
                brought.entry(entry.child).or_default().insert(entry.id);
            }
        }
        drop(unit);
        let total = brought.len();
        let mut undone = Undone::default();
        let mut kept = Vec::new();
        let all: Vec<(Uuid, HashSet<Uuid>)> = brought.into_iter().collect();
        for (at, batch) in all.chunks(BATCH).enumerate() {
            progress(Progress { done: at * BATCH, total });
            let mut unit = self.house.store.write().await?;
            let (mut rows, mut chronologies, mut lines, mut seen) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            let ids: Vec<Uuid> = batch.iter().map(|(id, _)| *id).collect();
            let keys: HashMap<Uuid, String> =
                unit.import_seen_of(&ids).await?.into_iter().map(|row| (row.entry, row.key)).collect();
            for (id, ours) in batch {
                let Some(glance) = unit.child_row(*id).await? else { continue };
                let mut entries = read_entries(&mut *unit, ChildId(*id)).await?;
                let steps = self.take_back(ChildId(*id), &entries, ours, &keys)?;
                undone.withdrawn += steps.undone.withdrawn;
                undone.set_back += steps.undone.set_back;
                undone.kept += steps.undone.kept;
                undone.hidden += steps.undone.hidden;
                kept.extend(steps.kept);
                if steps.added.is_empty() {
                    continue;
                }
                for entry in &steps.added {
                    rows.push(EntryRow::of(entry, None)?);
                }
                seen.extend(steps.seen);
                entries.extend(steps.added);
                let chronology =
                    Chronology::new(ChildId(*id), entries).map_err(|e| Error::Internal(e.to_string()))?;
                chronologies.push((glance.child, chronology));
                lines.push(self.import_line(by, "undo_import_child", Some(*id), run));
            }
            unit.insert_entries(&rows).await?;
            unit.save_import_seen(&seen).await?;
            self.rewrite(&mut *unit, chronologies).await?;
            log(&mut *unit, lines).await?;
            unit.commit().await?;
        }
        let mut unit = self.house.store.write().await?;
        unit.forget_import_seen(run).await?;
        unit.save_import_seen(&kept).await?;
        row.status = "undone".to_owned();
        row.undone_at = Some(self.now());
        unit.update_import_run(&row).await?;
        log(&mut *unit, vec![self.import_line(by, "undo_import", None, run)]).await?;
        unit.commit().await?;
        progress(Progress { done: total, total });
        Ok(undone)
    }

    fn take_back(
        &self,
        child: ChildId,
        entries: &[Entry],
        ours: &HashSet<Uuid>,
        keys: &HashMap<Uuid, String>,
    ) -> Result<Steps> {
        let chronology =
            Chronology::new(child, entries.to_vec()).map_err(|e| Error::Internal(e.to_string()))?;
        let standing = chronology.standing(None);
        // Whatever else stands was recorded by a person or came with another import: the child stays for its sake.
        let others = standing.iter().any(|e| !ours.contains(&e.id.0));
        let mut steps =
            Steps { added: Vec::new(), seen: Vec::new(), kept: Vec::new(), undone: Undone::default() };
        let row = |entry: &Entry| {
            let digest = digest_of(entry.happened_on, entry.sensitivity, &entry.event);
            keys.get(&entry.id.0).map(|key| ImportSeenRow { key: key.clone(), digest, entry: entry.id.0 })
        };
        let answered: HashSet<EntryId> = entries.iter().filter_map(|e| e.replaces).collect();
        for entry in entries.iter().filter(|e| ours.contains(&e.id.0)) {
            if answered.contains(&entry.id) || !standing.iter().any(|s| s.id == entry.id) {
                // Corrected or withdrawn since; a half-finished undo has come by here already.
                if standing.iter().any(|s| origin(entries, s.id) == origin(entries, entry.id)) {
                    steps.undone.kept += 1;
                    steps.kept.extend(row(entry));
                }
                continue;
            }
            if others && entry.event.kind() == EventKind::ChildRegistered && entry.replaces.is_none() {
                steps.undone.kept += 1;
                steps.kept.extend(row(entry));
                continue;
            }
            if matches!(entry.event, Event::RestrictionLifted { .. }) {
                continue;
            }
            let before = entry.replaces.and_then(|old| entries.iter().find(|e| e.id == old));
            match before {
                Some(before) => {
                    let again = Entry {
                        id: EntryId(self.new_id()),
                        recorded_at: self.now(),
                        recorded_by: None,
                        source: before.source.clone(),
                        replaces: Some(entry.id),
                        ..before.clone()
                    };
                    if let Some(key) = keys.get(&entry.id.0) {
                        let digest = digest_of(again.happened_on, again.sensitivity, &again.event);
                        steps.seen.push(ImportSeenRow { key: key.clone(), digest, entry: again.id.0 });
                    }
                    steps.added.push(again);
                    steps.undone.set_back += 1;
                }
                None => {
                    let reason = "The import that brought it was undone".to_owned();
                    let mut withdrawn = self.told(child, Event::Withdrawn { reason }, Some(entry.id));
                    withdrawn.sensitivity = entry.sensitivity;
                    withdrawn.happened_on = entry.happened_on;
                    steps.added.push(withdrawn);
                    steps.undone.withdrawn += 1;
                }
            }
        }
        if !others && steps.undone.withdrawn > 0 && steps.undone.set_back == 0 && !hidden_by_undo(entries) {
            let reason =
                Some("Everything known of this child came with an import that was undone".to_owned());
            steps.added.push(self.told(child, Event::Restricted { reason, review_on: None }, None));
            steps.undone.hidden += 1;
        }
        Ok(steps)
    }
}

/// The entry with which a lineage of corrections began.
fn origin(entries: &[Entry], mut id: EntryId) -> EntryId {
    while let Some(older) = entries.iter().find(|e| e.id == id).and_then(|e| e.replaces) {
        id = older;
    }
    id
}
