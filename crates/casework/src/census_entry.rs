//! What the rules of the statutory return (SSDA903) would say of an entry, before it is recorded. A warning is never a
//! wall: only what cannot be true is refused ([`kinfold_record::check`]), and that somewhere else.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use kinfold_access::{Action, ActionSet};
use kinfold_census::check::{Supplied, collection};
use kinfold_census::{EntryFinding, at_entry, rules};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Problem, Subject};
use serde_json::json;

use crate::actor::Actor;
use crate::census_return::Eyes;
use crate::child::Looked;
use crate::chronology::{may_read, redact_event};
use crate::error::Result;
use crate::house::Casework;
use crate::record::{NewEntry, read_entries};

/// What would be doubtful about an entry if it were recorded now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// What looks doubtful beside the rest of the record.
    pub doubts: Vec<Problem>,
    /// What the rules of the return would find because of it.
    pub warnings: Vec<EntryWarning>,
}

/// A rule of the return that an entry would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryWarning {
    /// The rule's official code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub title: &'static str,
    /// Why it matters.
    pub why: String,
    /// How to put it right.
    pub fix: String,
    /// The collections that would have the finding: "2026-27".
    pub collections: Vec<String>,
    /// The day on which what it is about began, where it has one.
    pub day: Option<Date>,
    /// Whether the entry only leaves an answer open: worth a word afterwards, and no question before.
    pub left_open: bool,
}

impl Foreseen {
    /// What somebody should look at before they record it. What is only left open is not among it.
    pub fn asked(&self) -> impl Iterator<Item = &EntryWarning> {
        self.warnings.iter().filter(|w| !w.left_open)
    }

    /// What the entry leaves open.
    pub fn left_open(&self) -> impl Iterator<Item = &EntryWarning> {
        self.warnings.iter().filter(|w| w.left_open)
    }
}

impl Casework {
    /// What would be doubtful about an entry, for whoever is about to record it. Nothing when it would be refused:
    /// recording it says why; nor when `key` was recorded already, which a form sent twice is. Nothing is told that is
    /// built on what this person may not read.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when there is no such child or this person may not open it.
    pub async fn foresee(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        new: &NewEntry,
    ) -> Result<Foreseen> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::FindChild).await?;
        let recorded = unit.kept_answer(key, actor.person().0).await?.is_some();
        if recorded || new.needs().any(|action| !looked.handle.may.has(action)) {
            return Ok(Foreseen::default());
        }
        let entries = read_entries(&mut *unit, child).await?;
        drop(unit);
        let entry = self.entry_of(actor, &looked, &entries, new.clone(), self.now());
        let Ok(doubts) = self.admit(&entries, &entry, &looked, actor, &self.book()) else {
            return Ok(Foreseen::default());
        };
        let warnings = if looked.handle.subject == Subject::Child {
            self.entry_warnings(&looked, &entries, &entry)
        } else {
            Vec::new()
        };
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "before recording"}));
        self.house.pen.write(vec![line]).await?;
        Ok(Foreseen { doubts, warnings })
    }

    fn entry_warnings(&self, looked: &Looked, entries: &[Entry], entry: &Entry) -> Vec<EntryWarning> {
        let (today, may) = (self.today(), looked.handle.may);
        let lists = self.return_lists();
        let supplied = lists.supplied(self.founded_code());
        let mut found = ask(entries, entry, today, &supplied);
        if !found.is_empty()
            && let Some((entries, entry)) = as_read(entries, entry, may)
        {
            // What the facts that this person may read say by themselves, and all of them together bear out.
            let told: HashSet<_> = ask(&entries, &entry, today, &supplied).iter().map(key).collect();
            found.retain(|finding| told.contains(&key(finding)));
        }
        let eyes = Eyes::of(looked);
        found.retain(|finding| finding.about.iter().all(|(table, column)| eyes.see(*table, column)));
        warnings(&found)
    }
}

fn key(finding: &EntryFinding) -> (&'static str, i16, Option<Date>, bool) {
    (finding.rule.code, finding.year, finding.day, finding.left_open)
}

/// What the rules find. Whatever goes wrong in here is ours to mend and nobody's reason not to record: it is logged, and
/// nothing is said.
fn ask(entries: &[Entry], entry: &Entry, today: Date, supplied: &Supplied<'_>) -> Vec<EntryFinding> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let before = Chronology::new(entry.child, entries.to_vec())?;
        let after = entries.iter().chain([entry]).cloned().collect();
        let after = Chronology::new(entry.child, after)?;
        Ok::<_, kinfold_record::ChronologyError>(at_entry(&before, &after, entry.id, today, supplied))
    }));
    match found {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            tracing::error!(%error, "the rules of the return could not be asked about an entry");
            Vec::new()
        }
        Err(_) => {
            tracing::error!("asking the rules of the return about an entry went wrong");
            Vec::new()
        }
    }
}

/// The entries as this person may read them, and the new one; `None` when they may read everything.
fn as_read(entries: &[Entry], entry: &Entry, may: ActionSet) -> Option<(Vec<Entry>, Entry)> {
    let redacted = |entry: &Entry| {
        let mut entry = entry.clone();
        redact_event(&mut entry.event, may);
        entry
    };
    let mut read: Vec<Entry> = entries.iter().filter(|e| may_read(may, e)).map(redacted).collect();
    let new = redacted(entry);
    if read == entries && new == *entry {
        return None;
    }
    // A correction of what may not be read stands by itself.
    let there: HashSet<EntryId> = read.iter().map(|e| e.id).collect();
    for entry in &mut read {
        entry.replaces = entry.replaces.filter(|old| there.contains(old));
    }
    Some((read, new))
}

/// One warning a rule, whatever years it is of.
fn warnings(found: &[EntryFinding]) -> Vec<EntryWarning> {
    let mut out: Vec<EntryWarning> = Vec::new();
    for finding in found {
        let year = collection(finding.year);
        if let Some(same) = out.iter_mut().find(|w| w.code == finding.rule.code) {
            same.left_open &= finding.left_open;
            same.collections.push(year);
            continue;
        }
        let page = rules::find(finding.rule.code).map(rules::Entry::page).unwrap_or_default();
        out.push(EntryWarning {
            code: finding.rule.code,
            title: finding.rule.title,
            why: page.why,
            fix: page.fix,
            collections: vec![year],
            day: finding.day,
            left_open: finding.left_open,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use kinfold_record::{Event, Sensitivity};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_record_that_does_not_hold_together_is_no_reason_not_to_record() {
        let entry = |child: u128, id: u128| Entry {
            id: EntryId(Uuid::from_u128(id)),
            child: ChildId(Uuid::from_u128(child)),
            happened_on: date(2026, 5, 1),
            happened_at: None,
            recorded_at: Timestamp::UNIX_EPOCH,
            recorded_by: None,
            source: None,
            sensitivity: Sensitivity::Ordinary,
            about: Vec::new(),
            replaces: None,
            event: Event::LegalStatusChanged { legal_status: "C2".into(), expires_on: None },
        };
        let told = ask(&[entry(2, 1)], &entry(1, 2), date(2026, 5, 1), &Supplied::default());
        assert!(told.is_empty(), "an entry of another child");
    }
}
