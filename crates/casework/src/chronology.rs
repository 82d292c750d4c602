//! Reading a chronology: the entries that stand, those since corrected, and the record as it was known on a past day.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, ActionSet};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, PersonId, Strand, Timeline};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::clock::in_england;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::is_notice_to_health;
use crate::veil::entries_for;

/// Which entries to show.
#[derive(Debug, Clone, Default)]
pub struct ChronologyFilter {
    /// Only these strands; empty for all.
    pub strands: Vec<Strand>,
    /// From this day.
    pub from: Option<Date>,
    /// Up to and including this day.
    pub to: Option<Date>,
    /// Also entries that were corrected or withdrawn.
    pub corrected: bool,
    /// As the record was known at the end of this day.
    pub known_on: Option<Date>,
}

/// One entry, without what this person may not know.
#[derive(Debug, Clone)]
pub struct ChronologyLine {
    /// The entry.
    pub entry: Entry,
    /// Who recorded it, or where it came from.
    pub by: String,
    /// The entry that corrected it.
    pub corrected_by: Option<EntryId>,
    /// Whether what replaced it withdrew it.
    pub withdrawn: bool,
    /// The age of the child on that day.
    pub age: Option<i32>,
}

/// A chronology to read.
#[derive(Debug, Clone)]
pub struct ChronologyPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The day it is.
    pub today: Date,
    /// The timeline as known on the day asked for, redacted.
    pub timeline: Timeline,
    /// The entries, newest first.
    pub lines: Vec<ChronologyLine>,
    /// Names of people with accounts who are named in the entries.
    pub names: HashMap<PersonId, String>,
}

/// The last instant of a day in England.
pub fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(day);
    next.to_zoned(crate::clock::england())
        .map(|z| z.timestamp() - jiff::SignedDuration::from_micros(1))
        .unwrap_or(Timestamp::MAX)
}

impl Casework {
    /// The chronology, as this person may read it.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child or this person may not open it.
    pub async fn chronology(
        &self,
        actor: &Actor,
        child: ChildId,
        filter: &ChronologyFilter,
    ) -> Result<ChronologyPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let may = looked.handle.may;
        let entries = entries_for(&mut *unit, &looked.handle).await?;
        let known_at = filter.known_on.map(end_of);
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let mut timeline = Timeline::fold(&chronology, known_at);
        let replaced = chronology.replaced(known_at);
        let withdrawals: HashMap<EntryId, bool> =
            chronology.entries().iter().map(|e| (e.id, matches!(e.event, Event::Withdrawn { .. }))).collect();
        let mut shown: Vec<&Entry> = chronology
            .known_at(known_at)
            .filter(|e| may_read(may, e) || crate::me::chosen(e, actor.person()))
            .filter(|e| filter.corrected || (!replaced.contains_key(&e.id) && !withdrawals[&e.id]))
            .filter(|e| filter.strands.is_empty() || filter.strands.contains(&e.event.kind().strand()))
            .filter(|e| filter.from.is_none_or(|from| e.happened_on >= from))
            .filter(|e| filter.to.is_none_or(|to| e.happened_on <= to))
            .collect();
        shown.sort_by_key(|e| std::cmp::Reverse((e.happened_on, e.happened_at, e.recorded_at, e.id)));
        let names = self.names_in(&mut *unit, &shown).await?;
        let lines = shown
            .into_iter()
            .map(|e| {
                let corrected_by = replaced.get(&e.id).copied();
                let mut entry = e.clone();
                redact_event(&mut entry.event, may);
                ChronologyLine {
                    by: author(e, &names),
                    age: timeline.age_on(e.happened_on),
                    withdrawn: corrected_by.is_some_and(|id| withdrawals[&id]),
                    corrected_by,
                    entry,
                }
            })
            .collect::<Vec<_>>();
        drop(unit);
        redact(&mut timeline, may, looked.handle.relations);
        let detail = json!({"page": "chronology", "entries": lines.len(), "known_on": filter.known_on});
        self.house.pen.write(vec![actor.line("view_chronology", Some(child.0), true, &detail)]).await?;
        Ok(ChronologyPage { handle: looked.handle, today: self.today(), timeline, lines, names })
    }

    /// One entry, to correct or withdraw it.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, may not be read, or may not be corrected.
    pub async fn entry_to_correct(
        &self,
        actor: &Actor,
        child: ChildId,
        id: EntryId,
    ) -> Result<(ChildHandle, ChronologyLine)> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::CorrectEntry).await?;
        let entries = entries_for(&mut *unit, &looked.handle).await?;
        let corrected_by = entries.iter().find(|e| e.replaces == Some(id)).map(|e| e.id);
        let entry = entries
            .into_iter()
            .find(|e| e.id == id && may_read(looked.handle.may, e))
            .ok_or(Error::Absent)?;
        let names = self.names_in(&mut *unit, &[&entry]).await?;
        drop(unit);
        let detail = json!({"page": "entry", "entry": id});
        self.house.pen.write(vec![actor.line("view_chronology", Some(child.0), true, &detail)]).await?;
        let mut entry = entry;
        redact_event(&mut entry.event, looked.handle.may);
        let line =
            ChronologyLine { by: author(&entry, &names), corrected_by, withdrawn: false, age: None, entry };
        Ok((looked.handle, line))
    }

    /// Names of people by id.
    pub(crate) async fn names(&self, unit: &mut dyn Unit, ids: &[Uuid]) -> Result<HashMap<PersonId, String>> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        Ok(unit.persons(&ids).await?.into_iter().map(|p| (PersonId(p.id), p.name)).collect())
    }

    async fn names_in(&self, unit: &mut dyn Unit, entries: &[&Entry]) -> Result<HashMap<PersonId, String>> {
        let mut ids = Vec::new();
        for entry in entries {
            ids.extend(entry.recorded_by.map(|p| p.0));
            match &entry.event {
                Event::CircleJoined { person, .. } | Event::CircleLeft { person, .. } => {
                    ids.extend(person.map(|p| p.0))
                }
                Event::CarerNote { written_by, .. } => ids.extend(written_by.map(|p| p.0)),
                Event::ReviewHeld { chaired_by, .. } => ids.extend(chaired_by.map(|p| p.0)),
                Event::ApprovalGiven { approved_by, .. } | Event::DutyExcused { approved_by, .. } => {
                    ids.extend(approved_by.map(|p| p.0));
                }
                Event::PlacementStarted { carer, .. } => ids.extend(carer.map(|p| p.0)),
                Event::SchoolStarted { designated_teacher, .. } => {
                    ids.extend(designated_teacher.map(|p| p.0))
                }
                _ => {}
            }
        }
        self.names(unit, &ids).await
    }
}

fn author(entry: &Entry, names: &HashMap<PersonId, String>) -> String {
    let by = entry.recorded_by.and_then(|p| names.get(&p)).cloned();
    by.or_else(|| entry.source.clone()).unwrap_or_else(|| "Imported".to_owned())
}

/// Whether an entry may be read with these rights.
pub(crate) fn may_read(may: ActionSet, entry: &Entry) -> bool {
    // What the health team sends and chases it reads, though notices stand among matters of law.
    let health = is_notice_to_health(&entry.event) && may.has(Action::RecordHealthNotice);
    let strand = if health { Strand::Health } else { entry.event.kind().strand() };
    let label = entry.event.kind().read_as(entry.sensitivity);
    may.may_read(strand, label) && (entry.about.is_empty() || may.has(Action::ViewThirdParty))
}

/// Whether a role in a circle is one of the family, whose names are not everybody's to read.
fn is_family(role: &str) -> bool {
    matches!(role, "parent" | "relative" | "sibling")
}

/// Takes addresses, and who the family is, out of an event where these rights do not give them.
pub(crate) fn redact_event(event: &mut Event, may: ActionSet) {
    let open = may.has(Action::ViewAddress);
    let confidential = may.has(Action::ViewConfidentialAddress);
    match event {
        Event::PlacementStarted { address, postcode, carer_name, urn, address_confidential, .. }
            if !open || (*address_confidential == Some(true) && !confidential) =>
        {
            *address = None;
            *postcode = None;
            *carer_name = None;
            *urn = None;
        }
        Event::LeaverMoved { address, address_confidential, .. }
            if !open || (*address_confidential == Some(true) && !confidential) =>
        {
            *address = None;
        }
        Event::CareStarted { home_postcode, .. } if !may.has(Action::ViewContacts) => *home_postcode = None,
        Event::CircleJoined { role, name, contact, .. } if !may.has(Action::ViewContacts) => {
            *contact = None;
            // Who the family is, is a fact about somebody else.
            if is_family(role.as_str()) && !may.has(Action::ViewThirdParty) {
                *name = None;
            }
        }
        Event::CircleLeft { role, name, .. }
            if is_family(role.as_str())
                && !may.has(Action::ViewContacts)
                && !may.has(Action::ViewThirdParty) =>
        {
            *name = None;
        }
        Event::ChildRegistered { nhs_number, upn, .. } | Event::IdentityChanged { nhs_number, upn, .. }
            if !may.has(Action::ViewIdentity) =>
        {
            *nhs_number = None;
            *upn = None;
        }
        _ => {}
    }
}

/// When an entry was recorded, as read in England.
pub fn recorded_words(at: Timestamp) -> jiff::civil::DateTime {
    in_england(at).datetime()
}

/// Puts back what a redacted form could not hold: a person's correction must not lose what they were not shown.
pub(crate) fn keep_hidden(new: &mut Event, old: &Event) {
    match (new, old) {
        (
            Event::PlacementStarted { address, postcode, carer_name, urn, .. },
            Event::PlacementStarted { address: a, postcode: p, carer_name: c, urn: u, .. },
        ) => {
            keep(address, a);
            keep(postcode, p);
            keep(carer_name, c);
            keep(urn, u);
        }
        (Event::LeaverMoved { address, .. }, Event::LeaverMoved { address: a, .. }) => keep(address, a),
        (Event::CareStarted { home_postcode, .. }, Event::CareStarted { home_postcode: p, .. }) => {
            keep(home_postcode, p)
        }
        (Event::CircleJoined { name, contact, .. }, Event::CircleJoined { name: n, contact: c, .. }) => {
            keep(name, n);
            keep(contact, c);
        }
        (Event::CircleLeft { name, .. }, Event::CircleLeft { name: n, .. }) => keep(name, n),
        (
            Event::ChildRegistered { nhs_number, upn, .. } | Event::IdentityChanged { nhs_number, upn, .. },
            Event::ChildRegistered { nhs_number: n, upn: u, .. }
            | Event::IdentityChanged { nhs_number: n, upn: u, .. },
        ) => {
            keep(nhs_number, n);
            keep(upn, u);
        }
        _ => {}
    }
}

fn keep(new: &mut Option<String>, old: &Option<String>) {
    if new.is_none() {
        new.clone_from(old);
    }
}
