//! What the child said, and what became of it, as the child sees it.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_pathway::State;
use kinfold_record::{EntryId, Event, PersonId};
use serde_json::json;
use smol_str::SmolStr;

use super::files::{OwnFile, own_files};
use super::space::Space;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: Option<String>,
    /// What they wrote.
    pub text: String,
}

/// Where something that was said stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidState {
    /// A reply is owed by this day.
    Owed(Date),
    /// A reply was owed by this day and has not come: others have been told.
    Late(Date),
    /// There is a reply.
    Answered,
    /// No reply is owed any more.
    Closed,
}

/// Something the child said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The entry.
    pub entry: EntryId,
    /// Its reference.
    pub voice: SmolStr,
    /// What kind of thing: a code of `voice_topic`.
    pub topic: SmolStr,
    /// How they felt: a code of `voice_feeling`.
    pub feeling: Option<SmolStr>,
    /// Their words.
    pub text: Option<String>,
    /// The day, and the instant it was sent.
    pub on: Date,
    /// When it was sent.
    pub at: Timestamp,
    /// Names of those who may read it.
    pub readers: Vec<String>,
    /// Who is to reply.
    pub reply_from: Option<String>,
    /// Whether it was passed on to keep them safe.
    pub passed_on: bool,
    /// How many pictures and recordings there are.
    pub files: i32,
    /// Where it stands.
    pub state: SaidState,
    /// Replies, oldest first.
    pub answers: Vec<Answer>,
}

/// Everything the child said, newest first.
pub(super) fn said_of(space: &Space) -> Vec<Said> {
    let mut all: Vec<Said> =
        space.chronology.standing(None).into_iter().filter_map(|entry| one(space, entry)).collect();
    all.sort_by_key(|s| std::cmp::Reverse((s.at, s.entry)));
    all
}

pub(super) fn one(space: &Space, entry: &kinfold_record::Entry) -> Option<Said> {
    let Event::VoiceSaid { voice, topic, text, feeling, readers, reply_from, passed_on, files, .. } =
        &entry.event
    else {
        return None;
    };
    let name = |p: &PersonId| space.names.get(p).cloned();
    let mut answers: Vec<(Timestamp, Answer)> = space
        .chronology
        .standing(None)
        .into_iter()
        .filter_map(|e| match &e.event {
            Event::VoiceReplied { voice: of, text, .. } if of == voice => Some((
                e.recorded_at,
                Answer { on: e.happened_on, by: e.recorded_by.as_ref().and_then(name), text: text.clone() },
            )),
            _ => None,
        })
        .collect();
    answers.sort_by_key(|(at, _)| *at);
    let answers: Vec<Answer> = answers.into_iter().map(|(_, a)| a).collect();
    Some(Said {
        entry: entry.id,
        voice: voice.clone(),
        topic: topic.clone(),
        feeling: feeling.clone(),
        text: text.clone(),
        on: entry.happened_on,
        at: entry.recorded_at,
        readers: readers.iter().flatten().filter_map(name).collect(),
        reply_from: reply_from.as_ref().and_then(name),
        passed_on: passed_on == &Some(true),
        files: files.unwrap_or(0),
        state: if answers.is_empty() { state(space, entry, topic) } else { SaidState::Answered },
        answers,
    })
}

fn state(space: &Space, entry: &kinfold_record::Entry, topic: &str) -> SaidState {
    // A complaint's clock is that of the complaint recorded with it, in the same instant.
    let of = if topic == "complaint" {
        let made =
            space.chronology.entries().iter().find(|e| {
                e.recorded_at == entry.recorded_at && matches!(e.event, Event::ComplaintMade { .. })
            });
        made.map_or(entry.id, |e| e.id)
    } else {
        entry.id
    };
    let duty = space.duties.iter().find(|d| {
        d.occurrence.entry == Some(of) && (d.rule.starts_with("voice.") || d.rule.starts_with("complaint."))
    });
    match duty {
        Some(duty) if duty.state == State::Open && duty.due_on < space.today => SaidState::Late(duty.due_on),
        Some(duty) if duty.state == State::Open => SaidState::Owed(duty.due_on),
        _ => SaidState::Closed,
    }
}

impl Casework {
    /// Everything one said, newest first.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn own_said(&self, actor: &Actor) -> Result<Vec<Said>> {
        let space = self.own_space(actor).await?;
        let said = said_of(&space);
        self.read_own(actor, space.child(), "said").await?;
        Ok(said)
    }

    /// One thing one said, with its pictures and recordings. Reading it is reading the notice of its reply.
    ///
    /// # Errors
    /// [`Error::Absent`] when one said no such thing.
    pub async fn own_said_one(&self, actor: &Actor, entry: EntryId) -> Result<(Said, Vec<OwnFile>)> {
        let space = self.own_space(actor).await?;
        let child = space.child();
        let said =
            space.chronology.standing(None).into_iter().find(|e| e.id == entry).and_then(|e| one(&space, e));
        let said = said.ok_or(Error::Absent)?;
        let mut unit = self.house.store.write().await?;
        let files = own_files(&mut *unit, &self.house.keys, child, &said.voice).await?;
        let link = format!("/me/said/{entry}");
        let unread = unit.notices_of(actor.person().0, true, kinfold_store::Page::first(50)).await?;
        for notice in unread.rows.into_iter().filter(|n| n.link.as_deref() == Some(&link)) {
            unit.read_notices(actor.person().0, Some(notice.id), self.now()).await?;
        }
        let line = actor.line("view_own_space", Some(child.0), true, &json!({"page": "said"}));
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok((said, files))
    }
}
