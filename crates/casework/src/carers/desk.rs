//! Beside the carer's space: those who answer for the home read the log, take notes into the record, and reply.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, Event, PersonId, Sensitivity, Timeline};
use kinfold_store::{DutyState, Unit};
use serde_json::json;

use super::decisions::undecided;
use super::facts::{LogNote, LogState, Question, ReplyState};
use super::log::LONGEST_NOTE;
use super::signed::Signer;
use super::space::Space;
use crate::actor::Actor;
use crate::child::{ChildHandle, Looked};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::record::NewEntry;

/// What comes of looking at a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// Whether it is taken into the record; else it goes back with a question.
    pub accept: bool,
    /// What is said to the carer: needed when it goes back.
    pub text: Option<String>,
    /// Who may read it in the record; `None` for what is usual for such a note.
    pub sensitivity: Option<Sensitivity>,
}

/// The carers of a child, for those who answer them.
#[derive(Debug, Clone)]
pub struct CarersPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// The carers with accounts, and whether they have signed the undertaking.
    pub signers: Vec<Signer>,
    /// Notes: those nobody has looked at first, the urgent ones before the others.
    pub notes: Vec<LogNote>,
    /// Questions: those without a reply first.
    pub questions: Vec<Question>,
    /// How many decisions nobody has made for this home.
    pub undecided: usize,
    /// Names of carers and of those who answered.
    pub names: HashMap<PersonId, String>,
}

/// One note.
#[derive(Debug, Clone)]
pub struct NotePage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// The note.
    pub note: LogNote,
    /// The note it follows, and those that follow it.
    pub beside: Vec<LogNote>,
    /// Who may read such a note in the record, unless another label is chosen.
    pub usual: Sensitivity,
    /// Names.
    pub names: HashMap<PersonId, String>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct QuestionPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// The question.
    pub question: Question,
    /// Names.
    pub names: HashMap<PersonId, String>,
}

/// Who usually reads a note of this kind in the record.
fn usual(note: &LogNote) -> Sensitivity {
    match note.topic.as_str() {
        _ if note.urgent => Sensitivity::Safeguarding,
        "health" => Sensitivity::Health,
        "worry" => Sensitivity::Safeguarding,
        // Time with family tells of family.
        "family_time" => Sensitivity::ThirdParty,
        _ => Sensitivity::Ordinary,
    }
}

/// Labels a note may be given when it is taken into the record.
const LABELS: [Sensitivity; 4] =
    [Sensitivity::Ordinary, Sensitivity::Health, Sensitivity::ThirdParty, Sensitivity::Safeguarding];

impl Casework {
    /// Whether somebody answers this child's carers: by right, or because an answer has become theirs.
    async fn answers(&self, unit: &mut dyn Unit, actor: &Actor, looked: &Looked) -> Result<bool> {
        if looked.handle.may.has(Action::AnswerCarer) {
            return Ok(true);
        }
        let duties = unit.duties_of(looked.handle.id().0).await?;
        Ok(duties.iter().any(|d| {
            d.rule.starts_with("caring.")
                && d.state == DutyState::Open
                && d.owner_person == Some(actor.person().0)
        }))
    }

    async fn answering(&self, actor: &Actor, child: ChildId, page: &str) -> Result<Space> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        if !self.answers(&mut *unit, actor, &looked).await? {
            drop(unit);
            return self.refused(actor, child, Action::AnswerCarer).await;
        }
        let space = self.space_for(&mut *unit, looked).await?;
        drop(unit);
        let line = actor.line("view_carers_log", Some(child.0), true, &json!({"page": page}));
        self.house.pen.write(vec![line]).await?;
        Ok(space)
    }

    async fn answering_to_write(&self, actor: &Actor, child: ChildId) -> Result<(Box<dyn Unit>, Space)> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ViewChild).await?;
        if !self.answers(&mut *unit, actor, &looked).await? {
            drop(unit);
            return self.refused(actor, child, Action::AnswerCarer).await;
        }
        let space = self.space_for(&mut *unit, looked).await?;
        Ok((unit, space))
    }

    /// The carers of a child, their log and their questions.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who does not answer this child's carers.
    pub async fn carers_of(&self, actor: &Actor, child: ChildId) -> Result<CarersPage> {
        let space = self.answering(actor, child, "carers").await?;
        let facts = space.facts();
        let (mut notes, mut questions) = (facts.notes, facts.questions);
        let waits = |n: &LogNote| matches!(n.state, LogState::Waiting(_) | LogState::Late(_));
        notes.sort_by_key(|n| (!waits(n), !(waits(n) && n.urgent), std::cmp::Reverse((n.day, n.at))));
        let owed = |q: &Question| matches!(q.state, ReplyState::Owed(_) | ReplyState::Late(_));
        questions.sort_by_key(|q| (!owed(q), std::cmp::Reverse(q.at)));
        Ok(CarersPage {
            timeline: space.timeline(),
            today: space.today,
            signers: space.signers(),
            notes,
            questions,
            undecided: undecided(&space),
            book: Arc::clone(&space.book),
            names: space.names,
            handle: space.looked.handle,
        })
    }

    /// One note of a carer's log.
    ///
    /// # Errors
    /// As [`Casework::carers_of`]; [`Error::Absent`] when there is no such note.
    pub async fn carers_note(&self, actor: &Actor, child: ChildId, entry: EntryId) -> Result<NotePage> {
        let space = self.answering(actor, child, "note").await?;
        let facts = space.facts();
        let note = facts.note(entry).cloned().ok_or(Error::Absent)?;
        let beside = facts.notes.into_iter().filter(|n| {
            n.entry != note.entry
                && (note.follows.as_ref() == Some(&n.log) || n.follows.as_ref() == Some(&note.log))
        });
        Ok(NotePage {
            beside: beside.collect(),
            usual: usual(&note),
            note,
            timeline: space.timeline(),
            today: space.today,
            book: Arc::clone(&space.book),
            names: space.names,
            handle: space.looked.handle,
        })
    }

    /// Takes a note into the record, or sends it back with a question. The carer is told. `key` makes a double submit do it
    /// once.
    ///
    /// # Errors
    /// As [`Casework::carers_note`]; [`Error::Forbidden`] when it is part of the record already or was taken back;
    /// [`Error::Invalid`] when it goes back without a question, or with a label it cannot have.
    pub async fn look_at_note(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
        key: &str,
        looking: &Looking,
    ) -> Result<()> {
        let (mut unit, space) = self.answering_to_write(actor, child).await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(());
        }
        let note = space.facts().note(entry).cloned().ok_or(Error::Absent)?;
        let already = match note.state {
            LogState::Accepted => Some("This note is part of the record already."),
            LogState::Withdrawn => Some("The carer has taken this note back."),
            _ => None,
        };
        if let Some(words) = already {
            return Err(Error::Forbidden(words.to_owned()));
        }
        let text = looking.text.as_deref().map(str::trim).filter(|t| !t.is_empty());
        if !looking.accept && text.is_none() {
            return Err(Error::invalid("text", "Write what you want to ask the carer"));
        }
        if text.is_some_and(|t| t.chars().count() > LONGEST_NOTE) {
            return Err(Error::invalid("text", format!("Keep it under {LONGEST_NOTE} characters")));
        }
        let sensitivity = looking.sensitivity.unwrap_or_else(|| usual(&note));
        if !LABELS.contains(&sensitivity) {
            return Err(Error::invalid("sensitivity", "Choose one of the labels offered"));
        }
        let outcome = if looking.accept { "accepted" } else { "sent_back" };
        let mut new = vec![NewEntry::on(
            space.today,
            Event::CarerLogAnswered {
                log: note.log.clone(),
                outcome: outcome.into(),
                text: text.map(str::to_owned),
            },
        )];
        if looking.accept {
            new.push(NewEntry {
                sensitivity: Some(sensitivity),
                ..NewEntry::on(
                    note.day,
                    Event::CarerNote {
                        log: note.log.clone(),
                        topic: note.topic.clone(),
                        text: note.text.clone(),
                        written_by: note.by,
                    },
                )
            });
        }
        self.append(&mut *unit, actor, &space.looked, new).await?;
        let words = if looking.accept {
            "Your note is part of the record now."
        } else {
            "Your note came back with a question."
        };
        let link = format!("/caring/{child}/log/{entry}");
        self.tell_carer(&mut *unit, note.by, child, words, link).await?;
        unit.keep_answer(key, actor.person().0, self.now(), "{}").await?;
        let detail = json!({"entry": entry, "outcome": outcome});
        log(&mut *unit, vec![actor.line("answer_carers_log", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    async fn tell_carer(
        &self,
        unit: &mut dyn Unit,
        carer: Option<PersonId>,
        child: ChildId,
        words: &str,
        link: String,
    ) -> Result<()> {
        let Some(carer) = carer else { return Ok(()) };
        let notice = self.carers_notice(carer, child, "carer_answered", words.to_owned(), link);
        self.give_notices(unit, &[notice], &mut HashSet::new()).await
    }

    /// One question of a carer.
    ///
    /// # Errors
    /// As [`Casework::carers_of`]; [`Error::Absent`] when there is no such question.
    pub async fn carers_question(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
    ) -> Result<QuestionPage> {
        let space = self.answering(actor, child, "question").await?;
        let question = space.facts().question(entry).cloned().ok_or(Error::Absent)?;
        Ok(QuestionPage {
            question,
            timeline: space.timeline(),
            today: space.today,
            book: Arc::clone(&space.book),
            names: space.names,
            handle: space.looked.handle,
        })
    }

    /// Replies to a carer. The duty to reply is met, and the carer is told. `key` makes a double submit do it once.
    ///
    /// # Errors
    /// As [`Casework::carers_question`]; [`Error::Invalid`] for an empty reply or one that is too long.
    pub async fn reply_to_carer(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
        key: &str,
        text: &str,
    ) -> Result<()> {
        let (mut unit, space) = self.answering_to_write(actor, child).await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(());
        }
        let question = space.facts().question(entry).cloned().ok_or(Error::Absent)?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("text", "Write your reply"));
        }
        if text.chars().count() > LONGEST_NOTE {
            return Err(Error::invalid("text", format!("Keep it under {LONGEST_NOTE} characters")));
        }
        let event = Event::CarerReplied { question: question.question, text: text.to_owned() };
        self.append(&mut *unit, actor, &space.looked, vec![NewEntry::on(space.today, event)]).await?;
        let link = format!("/caring/{child}/questions/{entry}");
        self.tell_carer(&mut *unit, question.by, child, "There is a reply to your question.", link).await?;
        unit.keep_answer(key, actor.person().0, self.now(), "{}").await?;
        log(&mut *unit, vec![actor.line("reply_to_carer", Some(child.0), true, &json!({"entry": entry}))])
            .await?;
        unit.commit().await?;
        Ok(())
    }
}
