//! Bringing in what a return tells, in batches. Each batch is one transaction with everything derived from it, so a
//! stop between two of them leaves whole children; importing again completes the rest.

use kinfold_access::Purpose;
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Subject};
use kinfold_store::{ChildRow, EntryRow, ImportRunRow, ImportSeenRow, Unit};
use rayon::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::compare::{Compared, UNDONE};
use super::{BATCH, Counts, Progress, ReadReturn};
use crate::actor::{Actor, audit_line};
use crate::bulk::NewChronology;
use crate::children_admin::reference;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::project::{Derived, Directory, derive};
use crate::record::{hand_to_readers, write_derived};
use kinfold_census::RowError;

/// A finished run.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedRun {
    /// Its id: what `undo` takes.
    pub id: Uuid,
    /// What came of it.
    pub counts: Counts,
    /// Every problem, those of reading first.
    pub problems: Vec<RowError>,
}

impl Casework {
    /// Brings a return in. New children are given to `team`, if one is named. `by` is `None` from the command line,
    /// where whoever has the key file is the operator.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; when the store does not answer, batches already written stay.
    pub async fn run_import(
        &self,
        by: Option<&Actor>,
        read: &ReadReturn,
        team: Option<Uuid>,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<ImportedRun> {
        self.may_import(by)?;
        let id = self.new_id();
        let mut row = ImportRunRow {
            id,
            started_by: by.map(|actor| actor.person().0),
            started_at: self.now(),
            source_name: read.source_name.clone(),
            digest: read.digest.clone(),
            status: "running".to_owned(),
            counts: "{}".to_owned(),
            undone_at: None,
        };
        let mut unit = self.house.store.write().await?;
        if let Some(team) = team {
            unit.team(team).await?.ok_or_else(|| Error::invalid("team", "Choose a team from the list"))?;
        }
        unit.insert_import_run(&row).await?;
        log(&mut *unit, vec![self.import_line(by, "import", None, id)]).await?;
        unit.commit().await?;
        let total = read.children.len();
        let mut counts = Counts { children: total, ..Counts::default() };
        let mut problems = read.problems.clone();
        for (at, batch) in read.children.chunks(BATCH).enumerate() {
            progress(Progress { done: at * BATCH, total });
            let mut unit = self.house.store.write().await?;
            let compared = self.compare(&mut *unit, batch, &read.years).await?;
            let mut lines = Vec::new();
            for child in &compared {
                child.count(&mut counts);
                problems.extend(child.problems.iter().cloned());
                if !child.wanted.is_empty() {
                    let of = child.wanted.first().map(|w| w.entry.child.0);
                    lines.push(self.import_line(by, "import_child", of, id));
                }
            }
            let (new, known): (Vec<Compared>, Vec<Compared>) =
                compared.into_iter().filter(|c| !c.left_out).partition(|c| c.known.is_none());
            self.insert_new(&mut *unit, id, team, new).await?;
            self.add_to_known(&mut *unit, id, known).await?;
            row.counts = to_json(&counts)?;
            unit.update_import_run(&row).await?;
            log(&mut *unit, lines).await?;
            unit.commit().await?;
        }
        let counts = counts.with_problems(&problems);
        row.status = "done".to_owned();
        row.counts = to_json(&counts)?;
        let mut unit = self.house.store.write().await?;
        unit.update_import_run(&row).await?;
        unit.commit().await?;
        // The database learns how its tables are filled now: without it, lists stay slow until it does by itself.
        self.house.store.tidy().await?;
        progress(Progress { done: total, total });
        Ok(ImportedRun { id, counts, problems })
    }

    pub(super) fn may_import(&self, by: Option<&Actor>) -> Result<()> {
        by.map_or(Ok(()), |actor| actor.require(kinfold_access::Action::ImportReturn))
    }

    pub(super) fn import_line(
        &self,
        by: Option<&Actor>,
        action: &str,
        child: Option<Uuid>,
        run: Uuid,
    ) -> kinfold_store::NewAudit {
        let detail = json!({"run": run});
        match by {
            Some(actor) => actor.line(action, child, true, &detail),
            None => {
                audit_line(self.now(), None, None, action, child, Purpose::StatutoryReturn, true, &detail)
            }
        }
    }

    async fn insert_new(
        &self,
        unit: &mut dyn Unit,
        run: Uuid,
        team: Option<Uuid>,
        new: Vec<Compared>,
    ) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let first = unit.take_references(i64::try_from(new.len()).unwrap_or(1)).await?;
        let (mut chronologies, mut keys, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for (number, child) in (first..).zip(new) {
            let Some(id) = child.wanted.first().map(|w| w.entry.child) else { continue };
            keys.push((child.key, id.0));
            let mut entries = Vec::with_capacity(child.wanted.len());
            for wanted in child.wanted {
                seen.push(ImportSeenRow { key: wanted.key, digest: wanted.digest, entry: wanted.entry.id.0 });
                entries.push(wanted.entry);
            }
            chronologies.push(NewChronology {
                id,
                subject: Subject::Child,
                reference: reference(number),
                team,
                entries,
                readers: Vec::new(),
                import_run: Some(run),
            });
        }
        self.insert_chronologies(unit, chronologies).await?;
        unit.insert_import_keys(&keys).await?;
        unit.save_import_seen(&seen).await?;
        Ok(())
    }

    async fn add_to_known(&self, unit: &mut dyn Unit, run: Uuid, known: Vec<Compared>) -> Result<()> {
        let (mut keys, mut seen, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut chronologies: Vec<(ChildRow, Chronology)> = Vec::new();
        for child in known {
            let Some(id) = child.known else { continue };
            if child.adopt {
                keys.push((child.key, id.0));
            }
            seen.extend(child.seen);
            if child.wanted.is_empty() {
                continue;
            }
            let Some(glance) = unit.child_row(id.0).await? else { continue };
            let mut entries = child.standing;
            let mut added: Vec<Entry> = Vec::new();
            if hidden_by_undo(&entries) {
                added.push(self.told(id, Event::RestrictionLifted { reason: None }, None));
            }
            for wanted in child.wanted {
                seen.push(ImportSeenRow { key: wanted.key, digest: wanted.digest, entry: wanted.entry.id.0 });
                added.push(wanted.entry);
            }
            for entry in &added {
                rows.push(EntryRow::of(entry, Some(run))?);
            }
            entries.extend(added);
            let chronology = Chronology::new(id, entries).map_err(|e| Error::Internal(e.to_string()))?;
            chronologies.push((glance.child, chronology));
        }
        unit.insert_import_keys(&keys).await?;
        unit.insert_entries(&rows).await?;
        unit.save_import_seen(&seen).await?;
        self.rewrite(unit, chronologies).await
    }

    /// An entry that the import itself has to say, of today.
    pub(super) fn told(&self, child: ChildId, event: Event, replaces: Option<EntryId>) -> Entry {
        Entry {
            id: EntryId(self.new_id()),
            child,
            happened_on: self.today(),
            happened_at: None,
            recorded_at: self.now(),
            recorded_by: None,
            source: Some(UNDONE.to_owned()),
            sensitivity: Sensitivity::Safeguarding,
            about: Vec::new(),
            replaces,
            event,
        }
    }

    /// Derives chronologies that have grown and writes what differs.
    pub(super) async fn rewrite(
        &self,
        unit: &mut dyn Unit,
        grown: Vec<(ChildRow, Chronology)>,
    ) -> Result<()> {
        let (today, book) = (self.today(), self.book());
        let directory = Directory::read(unit, today).await?;
        let derived: Vec<(ChildRow, Derived)> = tokio::task::block_in_place(|| {
            grown
                .into_par_iter()
                .map(|(row, chronology)| Ok((derive(&chronology, row.team, &book, &directory, today)?, row)))
                .map(|found: Result<(Derived, ChildRow)>| found.map(|(derived, row)| (row, derived)))
                .collect::<Result<_>>()
        })?;
        for (row, mut derived) in derived {
            hand_to_readers(unit, ChildId(row.id), &mut derived, today).await?;
            write_derived(unit, &row, &derived).await?;
        }
        Ok(())
    }
}

/// Whether an undone import has put this record out of sight.
pub(super) fn hidden_by_undo(entries: &[Entry]) -> bool {
    let last = entries
        .iter()
        .filter(|e| matches!(e.event, Event::Restricted { .. } | Event::RestrictionLifted { .. }))
        .max_by_key(|e| (e.recorded_at, e.id));
    last.is_some_and(|e| e.source.as_deref() == Some(UNDONE) && matches!(e.event, Event::Restricted { .. }))
}

fn to_json(counts: &Counts) -> Result<String> {
    serde_json::to_string(counts).map_err(|e| Error::Internal(e.to_string()))
}
