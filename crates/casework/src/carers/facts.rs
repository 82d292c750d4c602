//! What the entries say between carers and those who answer them. Pure: entries and duties in, facts out.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_pathway::{Duty, State};
use kinfold_record::{Entry, EntryId, Event, PersonId};
use smol_str::SmolStr;

/// Something that was answered to a carer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: Option<PersonId>,
    /// For a note of the log, what came of it: a code of `log_outcome`.
    pub outcome: Option<SmolStr>,
    /// The words.
    pub text: Option<String>,
}

/// Where a note of the log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogState {
    /// Nobody has looked at it; somebody does by this day.
    Waiting(Option<Date>),
    /// The day has passed: others have been told.
    Late(Date),
    /// It is part of the record.
    Accepted,
    /// It came back with a question.
    SentBack,
    /// The carer took it back.
    Withdrawn,
}

/// A note of a carer's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogNote {
    /// The entry.
    pub entry: EntryId,
    /// Its reference.
    pub log: SmolStr,
    /// A code of `carer_log`.
    pub topic: SmolStr,
    /// Whether it needs somebody at once.
    pub urgent: bool,
    /// About which day.
    pub day: Date,
    /// When it was saved.
    pub at: Timestamp,
    /// Whose it is.
    pub by: Option<PersonId>,
    /// Their words.
    pub text: String,
    /// The note it follows: its reference.
    pub follows: Option<SmolStr>,
    /// Where it stands.
    pub state: LogState,
    /// What was answered, oldest first.
    pub answers: Vec<Answer>,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyState {
    /// A reply is owed by this day.
    Owed(Date),
    /// It was owed by this day and has not come: others have been told.
    Late(Date),
    /// There is a reply.
    Answered,
    /// No reply is owed any more.
    Closed,
}

/// A question of a carer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The entry.
    pub entry: EntryId,
    /// Its reference.
    pub question: SmolStr,
    /// Their words.
    pub text: String,
    /// About which decision: a code of `delegated_decision`.
    pub decision: Option<SmolStr>,
    /// The day it was asked.
    pub on: Date,
    /// When it was sent.
    pub at: Timestamp,
    /// Who asked.
    pub by: Option<PersonId>,
    /// Who is to reply.
    pub reply_from: Option<PersonId>,
    /// Where it stands.
    pub state: ReplyState,
    /// The replies, oldest first.
    pub answers: Vec<Answer>,
}

/// Something a carer needs to know: the last word on a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// A code of `need_to_know`.
    pub topic: SmolStr,
    /// What is known.
    pub text: String,
    /// Since when.
    pub on: Date,
}

/// Notes, questions and their answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CarerFacts {
    /// Notes, newest first.
    pub notes: Vec<LogNote>,
    /// Questions, newest first.
    pub questions: Vec<Question>,
}

/// The duty that an entry started.
fn duty_of<'d>(duties: &'d [Duty], entry: &Entry) -> Option<&'d Duty> {
    duties.iter().find(|d| d.occurrence.entry == Some(entry.id) && d.rule.starts_with("caring."))
}

impl CarerFacts {
    /// Sorts what these entries say. Entries that were corrected or withdrawn must not be among them.
    pub fn of(entries: &[&Entry], duties: &[Duty], today: Date) -> Self {
        let mut facts = Self::default();
        for entry in entries {
            facts.begun(entry, duties, today);
        }
        let mut answers: Vec<&&Entry> = entries.iter().collect();
        // Of two answers of one instant, the one that takes the note in is the last.
        let taken =
            |e: &Entry| matches!(&e.event, Event::CarerLogAnswered { outcome, .. } if outcome == "accepted");
        answers.sort_by_key(|e| (e.recorded_at, taken(e), e.id));
        for entry in answers {
            facts.answered(entry);
        }
        facts.notes.sort_by_key(|n| std::cmp::Reverse((n.day, n.at, n.entry)));
        facts.questions.sort_by_key(|q| std::cmp::Reverse((q.at, q.entry)));
        facts
    }

    fn begun(&mut self, entry: &Entry, duties: &[Duty], today: Date) {
        let open = duty_of(duties, entry).filter(|d| d.state == State::Open).map(|d| d.due_on);
        match &entry.event {
            Event::CarerLogWritten { log, topic, urgent, day, text, follows } => self.notes.push(LogNote {
                entry: entry.id,
                log: log.clone(),
                topic: topic.clone(),
                urgent: *urgent,
                day: *day,
                at: entry.recorded_at,
                by: entry.recorded_by,
                text: text.clone(),
                follows: follows.clone(),
                state: match open {
                    Some(due) if due < today => LogState::Late(due),
                    due => LogState::Waiting(due),
                },
                answers: Vec::new(),
                withdrawn: None,
            }),
            Event::CarerAsked { question, text, decision, reply_from, .. } => self.questions.push(Question {
                entry: entry.id,
                question: question.clone(),
                text: text.clone(),
                decision: decision.clone(),
                on: entry.happened_on,
                at: entry.recorded_at,
                by: entry.recorded_by,
                reply_from: *reply_from,
                state: match open {
                    Some(due) if due < today => ReplyState::Late(due),
                    Some(due) => ReplyState::Owed(due),
                    None => ReplyState::Closed,
                },
                answers: Vec::new(),
            }),
            _ => {}
        }
    }

    fn answered(&mut self, entry: &Entry) {
        let answer = |outcome: Option<&SmolStr>, text: Option<&String>| Answer {
            on: entry.happened_on,
            by: entry.recorded_by,
            outcome: outcome.cloned(),
            text: text.cloned(),
        };
        match &entry.event {
            Event::CarerLogAnswered { log, outcome, text } => {
                if let Some(note) = self.notes.iter_mut().find(|n| n.log == *log) {
                    note.answers.push(answer(Some(outcome), text.as_ref()));
                    if note.state != LogState::Withdrawn {
                        note.state =
                            if outcome == "accepted" { LogState::Accepted } else { LogState::SentBack };
                    }
                }
            }
            Event::CarerLogWithdrawn { log, reason } => {
                if let Some(note) = self.notes.iter_mut().find(|n| n.log == *log) {
                    note.state = LogState::Withdrawn;
                    note.withdrawn = Some(reason.clone());
                }
            }
            Event::CarerReplied { question, text } => {
                if let Some(asked) = self.questions.iter_mut().find(|q| q.question == *question) {
                    asked.answers.push(answer(None, Some(text)));
                    asked.state = ReplyState::Answered;
                }
            }
            _ => {}
        }
    }

    /// Those of one carer.
    #[must_use]
    pub fn of_carer(mut self, person: PersonId) -> Self {
        self.notes.retain(|n| n.by == Some(person));
        self.questions.retain(|q| q.by == Some(person));
        self
    }

    /// A note by its entry.
    pub fn note(&self, entry: EntryId) -> Option<&LogNote> {
        self.notes.iter().find(|n| n.entry == entry)
    }

    /// A question by its entry.
    pub fn question(&self, entry: EntryId) -> Option<&Question> {
        self.questions.iter().find(|q| q.entry == entry)
    }
}
