//! Proving offline that nothing was changed behind the program's back: the log against its checkpoints, and everything
//! derived against the entries alone.

use jiff::civil::Date;
use kinfold_access::log::{Checkpoint, Leaf, PublicKey, StoredLine, Verifier, VerifyReport};
use kinfold_store::{ChildRow, DutyRow, Unit};
use uuid::Uuid;

use crate::audit_tree::checkpoint_of;
use crate::error::Result;
use crate::house::Casework;
use crate::pen::sealed;
use crate::project::{Derived, Directory};
use crate::record::hand_to_readers;
use crate::refresh::told;

/// What was found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The log.
    pub log: VerifyReport,
    /// Lines of the log that the lists of who looked at a record, or at what a person looked, should hold and do not.
    pub unlisted: i64,
    /// Chronologies derived afresh and compared.
    pub chronologies: usize,
    /// Entries they have.
    pub entries: usize,
    /// Chronologies whose duties change by the date and wait for the server's next round: their entries were read, but
    /// what is stored is of an earlier day.
    pub waiting: usize,
    /// What is stored that the entries do not give, one line each; by the record's number, never by name.
    pub differences: Vec<String>,
}

impl Verified {
    /// Whether everything is as it should be.
    pub fn is_sound(&self) -> bool {
        self.log.is_whole() && self.unlisted == 0 && self.differences.is_empty()
    }
}

/// Lines read at a time.
const LINES: i64 = 10_000;
/// Chronologies read at a time.
const CHUNK: i64 = 512;

impl Casework {
    /// Reads the whole log and every chronology from one snapshot. Writes nothing, not even a line in the log.
    ///
    /// `keys` are the public keys that checkpoints may be signed with; `kept` are checkpoints from elsewhere, which the
    /// log must hold as well as its own. `progress` hears how many lines and then how
    /// many chronologies have been looked at.
    ///
    /// # Errors
    /// When the store does not answer. A fault found is not an error.
    pub async fn verify(
        &self,
        keys: &[PublicKey],
        kept: &[Checkpoint],
        mut progress: impl FnMut(u64, usize),
    ) -> Result<Verified> {
        let mut unit = self.house.store.read().await?;
        let log = self.verify_log(&mut *unit, keys, kept, &mut progress).await?;
        let unlisted = unit.unlisted_audit().await?;
        let mut verified =
            Verified { log, unlisted, chronologies: 0, entries: 0, waiting: 0, differences: Vec::new() };
        let today = self.today();
        let directory = Directory::read(&mut *unit, today).await?;
        let mut after: Option<Uuid> = None;
        loop {
            let ids: Vec<Uuid> = unit.all_children(after, CHUNK).await?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in &ids {
                if let Some(glance) = unit.child_row(*id).await? {
                    self.verify_child(&mut *unit, &glance.child, &directory, today, &mut verified).await?;
                }
            }
            progress(verified.log.lines, verified.chronologies);
        }
        Ok(verified)
    }

    async fn verify_log(
        &self,
        unit: &mut dyn Unit,
        keys: &[PublicKey],
        kept: &[Checkpoint],
        progress: &mut impl FnMut(u64, usize),
    ) -> Result<VerifyReport> {
        let origin = self.log_origin(unit).await?;
        let mut checkpoints: Vec<_> =
            unit.checkpoints().await?.iter().map(|row| checkpoint_of(row, &origin)).collect();
        checkpoints.extend(kept.iter().cloned());
        let mut verifier = Verifier::new(&checkpoints, keys);
        let (mut from, mut lines) = (0, 0);
        loop {
            let rows = unit.audit_rows(from, LINES).await?;
            let Some(last) = rows.last() else { break };
            from = last.seq + 1;
            for row in &rows {
                verifier.push(&StoredLine { line: sealed(row.seq, &row.line), leaf: Leaf(row.line.leaf) });
            }
            lines += rows.len() as u64;
            progress(lines, 0);
        }
        Ok(verifier.finish())
    }

    async fn verify_child(
        &self,
        unit: &mut dyn Unit,
        row: &ChildRow,
        directory: &Directory,
        today: Date,
        verified: &mut Verified,
    ) -> Result<()> {
        verified.chronologies += 1;
        let entries = unit.entries(row.id).await?;
        verified.entries += entries.len();
        let mut derived = match self.derive_from_entries(row, &entries, directory) {
            Ok(derived) => derived,
            Err(error) => {
                verified.differences.push(format!("{}: {}", row.reference, told(&error)));
                return Ok(());
            }
        };
        if row.projection.next_change.is_some_and(|day| day <= today) {
            verified.waiting += 1;
            return Ok(());
        }
        hand_to_readers(unit, kinfold_record::ChildId(row.id), &mut derived, today).await?;
        let mut wrong = |what: &str| verified.differences.push(format!("{}: {what}", row.reference));
        for what in differing(row, &derived) {
            wrong(what);
        }
        let mut circle = unit.circle_of(row.id, None).await?;
        let mut expected = derived.circle;
        for list in [&mut circle, &mut expected] {
            list.sort_by(|a, b| (a.person, &a.role, a.from_on).cmp(&(b.person, &b.role, b.from_on)));
        }
        if circle != expected {
            wrong("the stored circle is not the one its entries give");
        }
        if facts(unit.duties_of(row.id).await?) != facts(derived.duties) {
            wrong("the stored duties are not those its entries give");
        }
        Ok(())
    }
}

/// Which parts of a stored projection the entries do not give.
fn differing(row: &ChildRow, derived: &Derived) -> Vec<&'static str> {
    let (stored, fresh) = (&row.projection, &derived.projection);
    let mut out = Vec::new();
    if stored.projection_version != fresh.projection_version {
        return vec!["it was derived by an older Kinfold: run `kinfold rebuild`"];
    }
    if stored.entries != fresh.entries {
        out.push("it counts another number of entries than there are");
    }
    if stored.timeline != fresh.timeline {
        out.push("the stored timeline is not the one its entries give");
    }
    if stored.duties != fresh.duties {
        out.push("the stored workings of its duties are not those its entries give");
    }
    if row.restricted != derived.restricted {
        out.push("whether it is restricted is not what its entries say");
    }
    let mut columns = stored.clone();
    columns.timeline.clone_from(&fresh.timeline);
    columns.duties.clone_from(&fresh.duties);
    columns.entries = fresh.entries;
    // Nobody is shown the digest, and another build of the program may make another one.
    columns.digest = fresh.digest;
    if columns != *fresh {
        out.push("what lists show of it is not what its entries give");
    }
    out
}

/// What a duty's row says because of the entries. Who owns it today, and how far it climbed, comes from elsewhere.
fn facts(rows: Vec<DutyRow>) -> Vec<DutyRow> {
    let mut rows: Vec<DutyRow> = rows
        .into_iter()
        .map(|row| DutyRow { owner_person: None, rung: 0, escalated_at: None, team: None, ..row })
        .collect();
    rows.sort_by(|a, b| (&a.rule, &a.occurrence).cmp(&(&b.rule, &b.occurrence)));
    rows
}
