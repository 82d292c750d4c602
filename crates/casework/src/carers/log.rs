//! A carer's log: notes of the day, kept as they were written.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, Event, PersonId};
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use smol_str::SmolStr;

use super::facts::{LogNote, LogState};
use super::space::Space;
use crate::actor::Actor;
use crate::clock::in_england;
use crate::drafts::Draft;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::NewEntry;

/// The most words of a note or a question, in characters.
pub const LONGEST_NOTE: usize = 10_000;
/// Under which name a note that was begun is kept among a carer's drafts.
pub(super) const DRAFT: &str = "carer:log";

/// A note as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote {
    /// A code of `carer_log`.
    pub topic: SmolStr,
    /// Whether it needs somebody at once.
    pub urgent: bool,
    /// About which day.
    pub day: Date,
    /// The words.
    pub text: String,
    /// The note it follows: its entry.
    pub follows: Option<EntryId>,
}

/// A carer's log for one child.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// The child.
    pub child: ChildId,
    /// What their carers call the child.
    pub called: String,
    /// The day it is.
    pub today: Date,
    /// The first day this carer cared for the child: nothing is noted about days before it.
    pub since: Option<Date>,
    /// The carer's own notes, newest first.
    pub notes: Vec<LogNote>,
    /// Names of those who answered.
    pub names: std::collections::HashMap<PersonId, String>,
    /// The key worker's name.
    pub key_worker: Option<String>,
    /// What was begun and not saved.
    pub draft: Option<Draft>,
}

fn checked(space: &Space, actor: &Actor, new: &NewNote) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut wrong =
        |field: &str, message: String| problems.push(FieldProblem { field: field.to_owned(), message });
    let known = space
        .book
        .guidance
        .codes
        .list("carer_log")
        .is_some_and(|l| l.on(space.today).any(|c| c.code == new.topic));
    if !known {
        wrong("topic", "Choose what your note is about".to_owned());
    }
    if new.text.trim().is_empty() {
        wrong("text", "Write what happened".to_owned());
    }
    let long = new.text.chars().count();
    if long > LONGEST_NOTE {
        wrong(
            "text",
            format!(
                "This is {long} characters long, and a note takes {LONGEST_NOTE}. Make two notes of it; what you typed is kept"
            ),
        );
    }
    if new.day > space.today {
        wrong("day", "This day has not come yet. Choose today or a day before".to_owned());
    } else if space.carer_since(actor.person()).is_some_and(|since| new.day < since) {
        wrong("day", "The child was not in your care on this day. Choose a day since then".to_owned());
    }
    problems
}

impl Casework {
    /// The log of whoever asks, for one child.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed.
    pub async fn carers_log(&self, actor: &Actor, child: ChildId) -> Result<LogPage> {
        let space = self.caring(actor, child, "log").await?;
        let key = space.looked.timeline.key_worker_on(space.today);
        Ok(LogPage {
            child,
            called: space.called(),
            today: space.today,
            since: space.carer_since(actor.person()),
            notes: space.facts().of_carer(actor.person()).notes,
            key_worker: key.and_then(|m| space.name(m.person).or_else(|| m.name.clone())),
            draft: self.draft(actor, child, DRAFT).await?,
            names: space.names,
        })
    }

    /// Keeps a note that is being written, on the server and the carer's alone.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child; [`Error::Conflict`] when a newer draft was kept
    /// from another window.
    pub async fn keep_note(
        &self,
        actor: &Actor,
        child: ChildId,
        fields: &[(String, String)],
        version: i64,
    ) -> Result<i64> {
        self.save_draft(actor, child, DRAFT, fields, version).await
    }

    /// Throws a note that was begun away.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child.
    pub async fn drop_note(&self, actor: &Actor, child: ChildId) -> Result<()> {
        self.drop_draft(actor, child, DRAFT).await
    }

    /// Saves a note. `key` makes a double submit give the first note again. What needs somebody at once is told to the key
    /// worker, whoever covers for them, their manager and the supervising social worker in the same instant.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed;
    /// [`Error::Invalid`] with what is wrong: nothing is written then.
    pub async fn write_note(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        new: &NewNote,
    ) -> Result<EntryId> {
        let (mut unit, space) = self.caring_to_write(actor, child).await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()));
        }
        let problems = checked(&space, actor, new);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let facts = space.facts().of_carer(actor.person());
        let follows = match new.follows {
            Some(id) => Some(facts.note(id).ok_or(Error::Absent)?.log.clone()),
            None => None,
        };
        let event = Event::CarerLogWritten {
            log: self.new_id().to_string().into(),
            topic: new.topic.clone(),
            urgent: new.urgent,
            day: new.day,
            text: new.text.trim().to_owned(),
            follows,
        };
        let now = in_england(self.now()).datetime();
        let entry = NewEntry { happened_at: Some(now.time()), ..NewEntry::on(now.date(), event) };
        let recorded = self.append(&mut *unit, actor, &space.looked, vec![entry]).await?;
        let entry = *recorded.entries.first().ok_or(Error::Absent)?;
        if new.urgent {
            self.tell_at_once(&mut *unit, &space, entry).await?;
        }
        unit.drop_draft(actor.person().0, child.0, DRAFT).await?;
        let answer = serde_json::to_string(&entry).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, self.now(), &answer).await?;
        let detail = json!({"entry": entry, "urgent": new.urgent});
        log(&mut *unit, vec![actor.line("write_carers_log", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(entry)
    }

    async fn tell_at_once(&self, unit: &mut dyn Unit, space: &Space, entry: EntryId) -> Result<()> {
        let (timeline, today, child) = (&space.looked.timeline, space.today, space.child());
        let directory = self.house.directories.read(unit, today).await?;
        let told = timeline.circle_on(today).filter(|m| {
            m.key_worker || matches!(m.role.as_str(), "cover_worker" | "supervising_social_worker")
        });
        let mut people: Vec<PersonId> = told.filter_map(|m| m.person).collect();
        people.extend(directory.owner("team_manager", timeline, space.looked.row.team, today).map(PersonId));
        let mut seen = HashSet::new();
        people.retain(|p| seen.insert(*p));
        let text = format!(
            "URGENT: a carer ({}) needs somebody. Read the note and ring them.",
            space.looked.handle.reference
        );
        let link = format!("/children/{child}/carers/log/{entry}");
        let notices: Vec<NoticeRow> = people
            .into_iter()
            .map(|person| self.carers_notice(person, child, "carer_urgent", text.clone(), link.clone()))
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }

    /// Takes a note back. It stays in the log, marked, with the reason; nothing is deleted.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not this carer's; [`Error::Forbidden`] when it is part of the record already;
    /// [`Error::Invalid`] without a reason.
    pub async fn withdraw_note(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
        reason: &str,
    ) -> Result<()> {
        let (mut unit, space) = self.caring_to_write(actor, child).await?;
        let facts = space.facts().of_carer(actor.person());
        let Some(note) = facts.note(entry).cloned() else {
            drop(unit);
            return self.refused(actor, child, Action::KeepLog).await;
        };
        match note.state {
            LogState::Withdrawn => return Ok(()),
            LogState::Accepted => {
                return Err(Error::Forbidden(
                    "This note is part of the record now. Write a new note that says what was not right."
                        .to_owned(),
                ));
            }
            _ => {}
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::invalid("reason", "Say why you take it back"));
        }
        if reason.chars().count() > LONGEST_NOTE {
            return Err(Error::invalid("reason", "Say it in fewer words"));
        }
        let event = Event::CarerLogWithdrawn { log: note.log, reason: reason.to_owned() };
        self.append(&mut *unit, actor, &space.looked, vec![NewEntry::on(space.today, event)]).await?;
        log(
            &mut *unit,
            vec![actor.line("withdraw_carers_log", Some(child.0), true, &json!({"entry": entry}))],
        )
        .await?;
        unit.commit().await?;
        Ok(())
    }
}
