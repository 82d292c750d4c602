//! What the rules of the statutory return (SSDA903) would say of an entry, before it is recorded. A warning is never a
//! wall: only what cannot be true is refused ([`kinfold_record::check`]), and that somewhere else.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use kinfold_access::{Action, ActionSet};
use kinfold_census::check::{Supplied, collection};
use kinfold_census::{EntryFinding, Table, at_entries, recorded_by, rules};
use kinfold_guidance::Codes;
use kinfold_record::{ChildId, Chronology, Entry, EntryId, FieldKind, Problem, Subject};
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
    /// What the rule looks at, in the words in which it is recorded, and what would be returned of it; empty where that is
    /// nothing. Only of a rule all of whose columns this person may read.
    pub cells: Vec<(String, String)>,
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
        self.foresee_all(actor, child, key, vec![new.clone()]).await
    }

    /// The same of entries that are recorded together.
    pub(crate) async fn foresee_all(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        new: Vec<NewEntry>,
    ) -> Result<Foreseen> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::FindChild).await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(Foreseen::default());
        }
        let entries = read_entries(&mut *unit, child).await?;
        drop(unit);
        let Some(foreseen) = self.foreseen(actor, &looked, &entries, new) else {
            return Ok(Foreseen::default());
        };
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "before recording"}));
        self.house.pen.write(vec![line]).await?;
        Ok(foreseen)
    }

    /// What would be doubtful beside the entries there are; `None` when recording would be refused. The caller writes
    /// the line in the log.
    pub(crate) fn foreseen(
        &self,
        actor: &Actor,
        looked: &Looked,
        entries: &[Entry],
        new: Vec<NewEntry>,
    ) -> Option<Foreseen> {
        let may = looked.handle.may;
        if new.iter().flat_map(NewEntry::needs).any(|action| !may.has(action)) {
            return None;
        }
        let (mut all, mut doubts) = (entries.to_vec(), Vec::new());
        for new in new {
            let entry = self.entry_of(actor, looked, &all, new, self.now());
            doubts.extend(self.admit(&all, &entry, looked, actor, &self.book()).ok()?);
            all.push(entry);
        }
        let is_child = looked.handle.subject == Subject::Child;
        let warnings = if is_child { self.entry_warnings(looked, &all, entries.len()) } else { Vec::new() };
        Some(Foreseen { doubts, warnings })
    }

    /// The warnings about the entries from a position on.
    fn entry_warnings(&self, looked: &Looked, entries: &[Entry], from: usize) -> Vec<EntryWarning> {
        let (today, may) = (self.today(), looked.handle.may);
        let lists = self.return_lists();
        let supplied = lists.supplied(self.founded_code());
        let new: Vec<EntryId> = entries[from.min(entries.len())..].iter().map(|e| e.id).collect();
        let mut found = ask(entries, &new, today, &supplied);
        if !found.is_empty()
            && let Some(read) = as_read(entries, may)
        {
            // What the facts that this person may read say by themselves, and all of them together bear out: in the
            // words and with the cells of what they may read.
            let told: HashSet<_> = found.iter().map(key).collect();
            found = ask(&read, &new, today, &supplied);
            found.retain(|finding| told.contains(&key(finding)));
        }
        let eyes = Eyes::of(looked);
        found.retain(|finding| finding.about.iter().all(|(table, column)| eyes.see(*table, column)));
        warnings(&found, &self.book().guidance.codes)
    }
}

fn key(finding: &EntryFinding) -> (&'static str, i16, Option<Date>, bool) {
    (finding.rule.code, finding.year, finding.day, finding.left_open)
}

/// What the rules find because of the new ones among the entries. Whatever goes wrong in here is ours to mend and nobody's
/// reason not to record: it is logged, and nothing is said.
fn ask(entries: &[Entry], new: &[EntryId], today: Date, supplied: &Supplied<'_>) -> Vec<EntryFinding> {
    let Some(child) = entries.iter().find(|e| new.contains(&e.id)).map(|e| e.child) else {
        return Vec::new();
    };
    let found = catch_unwind(AssertUnwindSafe(|| {
        let others = entries.iter().filter(|e| !new.contains(&e.id)).cloned().collect();
        let before = Chronology::new(child, others)?;
        let after = Chronology::new(child, entries.to_vec())?;
        Ok::<_, kinfold_record::ChronologyError>(at_entries(&before, &after, new, today, supplied))
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

/// The entries as this person may read them; `None` when they may read everything.
fn as_read(entries: &[Entry], may: ActionSet) -> Option<Vec<Entry>> {
    let redacted = |entry: &Entry| {
        let mut entry = entry.clone();
        redact_event(&mut entry.event, may);
        entry
    };
    let mut read: Vec<Entry> = entries.iter().filter(|e| may_read(may, e)).map(redacted).collect();
    if read == entries {
        return None;
    }
    // A correction of what may not be read stands by itself.
    let there: HashSet<EntryId> = read.iter().map(|e| e.id).collect();
    for entry in &mut read {
        entry.replaces = entry.replaces.filter(|old| there.contains(old));
    }
    Some(read)
}

/// One warning a rule, whatever years it is of.
fn warnings(found: &[EntryFinding], codes: &Codes) -> Vec<EntryWarning> {
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
            cells: finding
                .cells
                .iter()
                .map(|(column, cell)| in_words(finding.table, column, cell, codes))
                .collect(),
            left_open: finding.left_open,
        });
    }
    out
}

/// A cell as whoever records it knows it: what the form asks, and the answer.
pub(crate) fn in_words(table: Table, column: &str, cell: &str, codes: &Codes) -> (String, String) {
    let source = recorded_by(table, column);
    let field = source.and_then(|source| {
        let field = source.kind.field(source.field)?;
        source.kind.fields().get(usize::from(field))
    });
    let asked = match (column, source, field) {
        ("CHILD", ..) => "Local identifier".to_owned(),
        ("DECOM", ..) => "Episode from".to_owned(),
        ("DEC", ..) => "Episode to".to_owned(),
        ("RNE", ..) => "Why the episode began".to_owned(),
        // Two kinds of event may ask the same: which of them is meant has to be said.
        (_, Some(source), Some(field)) => {
            format!("{} – {}", source.kind.title(), field.label.trim_end_matches('?'))
        }
        (_, Some(source), None) => source.kind.title().to_owned(),
        (column, ..) => column.to_owned(),
    };
    let flag = field.is_none_or(|field| field.kind == FieldKind::Flag);
    let known = match field.map(|field| field.kind) {
        Some(FieldKind::Code(list)) => codes.list(list).and_then(|list| list.get(cell)),
        _ => None,
    };
    let answer = match (known, cell) {
        (Some(code), _) => format!("{} ({cell})", code.title),
        (None, "0") if flag => "no".to_owned(),
        (None, "1") if flag => "yes".to_owned(),
        (None, cell) => cell.to_owned(),
    };
    (asked, answer)
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
        let (other, new) = (entry(2, 1), entry(1, 2));
        let told = ask(&[other, new.clone()], &[new.id], date(2026, 5, 1), &Supplied::default());
        assert!(told.is_empty(), "an entry of another child");
    }
}
