//! Recording what happened. Nothing is ever changed: a correction is an entry that replaces another.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kinfold_access::{Action, Approval, Code, Role, may_approve};
use kinfold_guidance::Approver;
use kinfold_record::{
    ChildId, Chronology, Entry, EntryId, Event, EventKind, FieldKind, PersonId, Problem, Sensitivity,
    Severity, Subject, Timeline, check,
};
use kinfold_store::{ChildRow, DutyChanges, EntryRow, Unit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::Looked;
use crate::chronology::{keep_hidden, redact_event};
use crate::circle::loses_key_worker;
use crate::error::{Error, FieldProblem, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::project::{Derived, decode_duties, derive};

/// An entry as a person gives it: casework adds who, when and the id.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The day it happened.
    pub happened_on: Date,
    /// The time of day, where it matters.
    pub happened_at: Option<Time>,
    /// What happened.
    pub event: Event,
    /// How sensitive it is; `None` for what is usual for its kind.
    pub sensitivity: Option<Sensitivity>,
    /// Other people it is about.
    pub about: Vec<PersonId>,
    /// The entry it corrects.
    pub replaces: Option<EntryId>,
}

impl NewEntry {
    /// Something that happened on a day.
    pub fn on(happened_on: Date, event: Event) -> Self {
        Self { happened_on, happened_at: None, event, sensitivity: None, about: Vec::new(), replaces: None }
    }

    /// What somebody needs the right to, to record it.
    pub(crate) fn needs(&self) -> impl Iterator<Item = Action> + use<> {
        let correct = self.replaces.map(|_| Action::CorrectEntry);
        [Some(action_for(&self.event)), correct].into_iter().flatten()
    }
}

/// What recording gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The record's version now.
    pub version: i64,
    /// The new entries.
    pub entries: Vec<EntryId>,
    /// What looks doubtful: recorded all the same.
    pub doubts: Vec<Problem>,
    /// Duties met, excused, started or moved by it: how many rows changed.
    pub duties_changed: usize,
}

/// How sensitive an event of this kind usually is.
pub fn usual_sensitivity(event: &Event) -> Sensitivity {
    usual_sensitivity_of(event.kind())
}

/// The same, when only the kind is known.
pub(crate) fn usual_sensitivity_of(kind: EventKind) -> Sensitivity {
    kind.usual_sensitivity()
}

/// Whether this is a notice to health services, or its acknowledgement. The health team sends and chases it, and there is
/// nothing of courts in it.
pub(crate) fn is_notice_to_health(event: &Event) -> bool {
    let (Event::NoticeSent { notice, .. } | Event::NoticeAcknowledged { notice, .. }) = event else {
        return false;
    };
    matches!(notice.as_str(), "health_coming_into_care" | "health_move" | "out_of_area_health")
}

/// What somebody needs the right to, to record this.
pub(crate) fn action_for(event: &Event) -> Action {
    match event {
        Event::DutyExcused { .. } => Action::ExcuseDuty,
        Event::UnmetNeedRaised { .. } => Action::RaiseUnmetNeed,
        Event::CircleJoined { .. } | Event::CircleLeft { .. } => Action::ManageCircle,
        Event::Restricted { .. } | Event::RestrictionLifted { .. } => Action::RestrictRecord,
        Event::Withdrawn { .. } => Action::CorrectEntry,
        event if is_notice_to_health(event) => Action::RecordHealthNotice,
        event => Action::to_record_kind(event.kind()),
    }
}

impl Casework {
    /// Adds entries to a child's chronology, in one transaction with everything they change.
    ///
    /// `seen` is the version of the record that the person had before them; `key` makes a double submit give the
    /// first answer again.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Conflict`] when somebody else recorded something meanwhile;
    /// [`Error::Impossible`] or [`Error::Invalid`] when it cannot be so. Nothing is written then.
    pub async fn record(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        new: Vec<NewEntry>,
    ) -> Result<Recorded> {
        let mut unit = self.house.store.write().await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()));
        }
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FindChild).await?;
        if new.iter().any(|entry| crate::me::is_voice(&entry.event)) {
            drop(unit);
            // What a child says is said in their own space, and answered beside it.
            return self.refused(actor, child, Action::SayIt).await;
        }
        if let Some(entry) = new.iter().find(|entry| crate::carers::made_here(&entry.event)) {
            let corrects = entry.replaces.is_some();
            drop(unit);
            if corrects {
                return Err(Error::Forbidden(crate::carers::UNALTERED.to_owned()));
            }
            // Carers write in a space of their own, and are answered beside it.
            return self.refused(actor, child, Action::KeepLog).await;
        }
        for entry in &new {
            if let Some(action) = entry.needs().find(|action| !looked.handle.may.has(*action)) {
                drop(unit);
                let line = actor.line(
                    action.as_str(),
                    Some(child.0),
                    false,
                    &json!({"kind": entry.event.kind().as_str()}),
                );
                self.house.pen.write(vec![line]).await?;
                return Err(Error::Forbidden(format!(
                    "Your role for this child does not include: {}.",
                    action.title()
                )));
            }
        }
        if looked.handle.version != seen {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        let recorded = self.append(&mut *unit, actor, &looked, new).await?;
        let answer = serde_json::to_string(&recorded).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, self.now(), &answer).await?;
        unit.commit().await?;
        Ok(recorded)
    }

    /// Checks, appends, projects and logs inside the caller's transaction.
    pub(crate) async fn append(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        new: Vec<NewEntry>,
    ) -> Result<Recorded> {
        let (now, today, book) = (self.now(), self.today(), self.book());
        let child = looked.handle.id();
        let mut entries = read_entries(unit, child).await?;
        let before = entries.len();
        let mut doubts = Vec::new();
        for new in new {
            let entry = self.entry_of(actor, looked, &entries, new, now);
            let problems = self.admit(&entries, &entry, looked, actor, &book)?;
            doubts.extend(problems);
            entries.push(entry);
        }
        let rows: Vec<EntryRow> =
            entries[before..].iter().map(|entry| EntryRow::of(entry, None)).collect::<Result<_, _>>()?;
        let version = unit.append_entries(child.0, looked.handle.version, &rows).await?;
        let added: Vec<EntryId> = entries[before..].iter().map(|e| e.id).collect();
        let kinds: Vec<&str> = entries[before..].iter().map(|e| e.event.kind().as_str()).collect();
        let line = actor.line("record", Some(child.0), true, &json!({"entries": added, "kinds": kinds}));
        log(unit, vec![line]).await?;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let directory = self.house.directories.read(unit, today).await?;
        let mut derived = derive(&chronology, looked.row.team, &book, &directory, today)?;
        hand_to_readers(unit, child, &mut derived, today).await?;
        keep_key_worker(&looked.timeline, &derived.timeline, looked.handle.subject, today)?;
        let changed = write_derived(unit, &looked.row, &derived).await?;
        Ok(Recorded {
            version,
            entries: added,
            doubts,
            duties_changed: changed.inserted + changed.updated + changed.deleted,
        })
    }

    /// An entry as it would stand beside the others.
    pub(crate) fn entry_of(
        &self,
        actor: &Actor,
        looked: &Looked,
        entries: &[Entry],
        mut new: NewEntry,
        now: Timestamp,
    ) -> Entry {
        if let Some(old) = entries.iter().find(|e| Some(e.id) == new.replaces) {
            let mut shown = old.event.clone();
            redact_event(&mut shown, looked.handle.may);
            // Only what was hidden from this person is put back; what they saw and emptied stays empty.
            if shown != old.event {
                keep_hidden(&mut new.event, &old.event);
            }
        }
        Entry {
            id: EntryId(self.new_id()),
            child: looked.handle.id(),
            happened_on: new.happened_on,
            happened_at: new.happened_at,
            recorded_at: now,
            recorded_by: Some(actor.person()),
            source: None,
            sensitivity: new.sensitivity.unwrap_or_else(|| usual_sensitivity(&new.event)),
            about: new.about,
            replaces: new.replaces,
            event: new.event,
        }
    }

    /// Whether an entry may join the ones that stand: returns what is doubtful, refuses what is impossible.
    pub(crate) fn admit(
        &self,
        entries: &[Entry],
        entry: &Entry,
        looked: &Looked,
        actor: &Actor,
        book: &Book,
    ) -> Result<Vec<Problem>> {
        check_codes(entry, book)?;
        if let Some(old) = entry.replaces {
            // What the reviewing officer recorded about how the case is held, those who hold it do not rewrite.
            let kind = entries.iter().find(|e| e.id == old).map(|e| Action::to_record_kind(e.event.kind()));
            if kind == Some(Action::ConductReview) && !looked.handle.may.has(Action::ConductReview) {
                return Err(Error::Forbidden(format!(
                    "Your role for this child does not include: {}.",
                    Action::ConductReview.title()
                )));
            }
            let known = entries.iter().any(|e| e.id == old);
            let already = entries.iter().any(|e| e.replaces == Some(old));
            if !known {
                return Err(Error::Absent);
            }
            if entries.iter().any(|e| e.id == old && crate::me::is_voice(&e.event)) {
                return Err(Error::invalid("", "A child’s own words are never altered. Write a reply."));
            }
            if entries.iter().any(|e| e.id == old && crate::carers::never_altered(&e.event)) {
                return Err(Error::invalid("", crate::carers::UNALTERED));
            }
            // What they were shown of it is not all of it, and what they send would take the place of all.
            let hidden = |e: &Entry| e.id == old && looked.handle.veil.hides(e);
            if !matches!(entry.event, Event::Withdrawn { .. }) && entries.iter().any(hidden) {
                return Err(Error::Forbidden(
                    "Part of this entry is kept from you, because it names a home that is kept private. Ask somebody who may \
                     know where the child lives to correct it."
                        .to_owned(),
                ));
            }
            if already {
                return Err(Error::invalid(
                    "",
                    "This entry has already been corrected. Open the correction and correct that.",
                ));
            }
        } else if matches!(entry.event, Event::Withdrawn { .. }) {
            return Err(Error::invalid(
                "",
                "Say which entry was made in error: open it in the chronology and choose “Withdraw”.",
            ));
        }
        if let Event::DutyExcused { rule, occurrence, reason, approved_by, .. } = &entry.event {
            self.check_excuse(looked, actor, (rule, occurrence, reason), *approved_by, book)?;
        }
        // As the record would be without the entry that this one replaces.
        let without: Vec<Entry> = entries.iter().filter(|e| Some(e.id) != entry.replaces).cloned().collect();
        let timeline = Chronology::new(entry.child, without)
            .map(|chronology| Timeline::fold(&chronology, None))
            .unwrap_or_else(|_| looked.timeline.clone());
        let (impossible, doubts): (Vec<_>, Vec<_>) = check(&timeline, entry, self.today())
            .into_iter()
            .chain(crate::health::measured(&timeline, entries, entry, &book.guidance.growth))
            .chain(looked.handle.veil.cautions(&timeline, entry))
            .partition(|p| p.severity == Severity::Impossible);
        if impossible.is_empty() { Ok(doubts) } else { Err(Error::Impossible(impossible)) }
    }

    fn check_excuse(
        &self,
        looked: &Looked,
        actor: &Actor,
        (rule, occurrence, reason): (&SmolStr, &SmolStr, &SmolStr),
        asked_by: Option<PersonId>,
        book: &Book,
    ) -> Result<()> {
        let duties = decode_duties(&looked.row.projection.duties)?;
        let Some(duty) =
            duties.iter().find(|d| d.rule == *rule && d.occurrence.to_string() == occurrence.as_str())
        else {
            return Err(Error::invalid(
                "",
                "This duty is not there any more. Go back to the child’s page and choose again.",
            ));
        };
        // An excuse would close the duty, and so stop a dispute from climbing.
        if rule.starts_with("review.dispute") && !looked.handle.may.has(Action::ConductReview) {
            return Err(Error::Forbidden(
                "Only the reviewing officer closes a dispute. Answer it, and ask them.".to_owned(),
            ));
        }
        let Some(terms) = book.guidance.rule(rule, duty.version).and_then(|rule| rule.excuse.as_ref()) else {
            return Ok(());
        };
        if !terms.reasons.is_empty() && !terms.reasons.contains(reason) {
            return Err(Error::invalid(
                "reason",
                "The law does not accept this reason for this duty. Choose one of the others.",
            ));
        }
        if let Approver::Role(role) = &terms.approver {
            // An approval that the law asks for is asked for first and given by somebody else.
            let capacities: Vec<Role> = Role::parse(role).into_iter().collect();
            let requested_by = asked_by.unwrap_or_else(|| actor.person());
            may_approve(&actor.snapshot.who, Approval { requested_by, capacities: &capacities })
                .map_err(|refusal| Error::Forbidden(refusal.to_string()))?;
        }
        Ok(())
    }
}

/// A child's entries as stored.
pub(crate) async fn read_entries(unit: &mut dyn Unit, child: ChildId) -> Result<Vec<Entry>> {
    Ok(unit.entries(child.0).await?.iter().map(EntryRow::entry).collect::<Result<_, _>>()?)
}

/// Writes what was derived where it differs from what is stored.
pub(crate) async fn write_derived(
    unit: &mut dyn Unit,
    row: &ChildRow,
    derived: &Derived,
) -> Result<DutyChanges> {
    unit.save_projection(row.id, &derived.projection).await?;
    unit.replace_circle(row.id, &derived.circle).await?;
    unit.replace_terms(row.id, &derived.terms).await?;
    if derived.restricted != row.restricted {
        unit.set_restricted(row.id, derived.restricted).await?;
    }
    Ok(unit.replace_duties(row.id, &derived.duties).await?)
}

/// Work on a restricted record still reaches somebody: a duty whose owner may not open it goes to a named reader.
pub(crate) async fn hand_to_readers(
    unit: &mut dyn Unit,
    child: ChildId,
    derived: &mut Derived,
    today: Date,
) -> Result<()> {
    if !derived.restricted {
        return Ok(());
    }
    let readers: Vec<Uuid> = unit
        .restricted_readers(child.0)
        .await?
        .into_iter()
        .filter(|r| r.from_on <= today && r.to_on.is_none_or(|to| today < to))
        .map(|r| r.person)
        .collect();
    derived.assign_to(&readers);
    Ok(())
}

/// Exactly one key worker at every moment while looked after: a change that leaves a gap names who covers.
fn keep_key_worker(before: &Timeline, after: &Timeline, subject: Subject, today: Date) -> Result<()> {
    if subject == Subject::Child
        && let Some(gap) = loses_key_worker(before, after, today)
    {
        let until = gap.to.map_or_else(String::new, |to| format!(" to {}", to.strftime("%-d %B %Y")));
        let from = gap.from.strftime("%-d %B %Y");
        return Err(Error::invalid(
            "person",
            format!(
                "The child would have no key worker from {from}{until}. Name the new key worker, or somebody who covers, first."
            ),
        ));
    }
    Ok(())
}

/// Whether every code is in its list on the day it happened.
pub(crate) fn check_codes(entry: &Entry, book: &Book) -> Result<()> {
    let kind = entry.event.kind();
    let mut problems = Vec::new();
    for fact in entry.event.facts() {
        let Some(field) = kind.fields().get(usize::from(fact.field)) else { continue };
        let (FieldKind::Code(list) | FieldKind::Codes(list)) = field.kind else { continue };
        let known = book
            .guidance
            .codes
            .list(list)
            .is_some_and(|l| l.on(entry.happened_on).any(|c| c.code == fact.value));
        if !known {
            problems.push(FieldProblem {
                field: field.name.to_owned(),
                message: format!("“{}”: choose one of the answers offered.", field.label),
            });
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// A key for a form, so that submitting it twice records once.
pub fn form_key() -> String {
    Uuid::from_bytes(crate::clock::random()).simple().to_string()
}
