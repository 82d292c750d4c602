//! What a child said, for those whom the child chose: reading it and replying. The reply meets the duty.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, Event, PersonId, Timeline};
use kinfold_store::{DutyState, NoticeRow, Unit};
use serde_json::json;
use smol_str::SmolStr;

use super::chosen;
use super::files::{OwnFile, own_files};
use super::said::{Said, SaidState, one};
use super::space::Space;
use crate::actor::Actor;
use crate::child::{ChildHandle, Looked, redact};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::NewEntry;

/// The longest reply, in characters.
pub const LONGEST_REPLY: usize = 5_000;

/// One thing a child said, in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceLine {
    /// The entry.
    pub entry: EntryId,
    /// What kind of thing: a code of `voice_topic`.
    pub topic: SmolStr,
    /// The day.
    pub on: Date,
    /// Where it stands.
    pub state: SaidState,
    /// Who is to reply.
    pub reply_from: Option<String>,
}

/// What a child said to one person.
#[derive(Debug, Clone)]
pub struct VoicesPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The day it is.
    pub today: Date,
    /// What this person may read, newest first.
    pub lines: Vec<VoiceLine>,
}

/// One thing a child said.
#[derive(Debug, Clone)]
pub struct VoicePage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The day it is.
    pub today: Date,
    /// What was said.
    pub said: Said,
    /// Pictures and recordings.
    pub files: Vec<OwnFile>,
    /// Whether this person reads it because the reply has become theirs, not because they were chosen.
    pub taken_over: bool,
}

impl Casework {
    /// Whether somebody may read this: the child chose them, or the reply has become theirs.
    async fn may_hear(
        &self,
        unit: &mut dyn Unit,
        space: &Space,
        actor: &Actor,
        entry: &kinfold_record::Entry,
    ) -> Result<Option<bool>> {
        if !matches!(entry.event, Event::VoiceSaid { .. }) {
            return Ok(None);
        }
        if chosen(entry, actor.person()) {
            return Ok(Some(false));
        }
        for rule in ["voice.reply", "voice.reply_worry", "voice.help_now"] {
            let duty = unit.duty(space.child().0, rule, &entry.id.to_string()).await?;
            let theirs =
                duty.is_some_and(|d| d.state == DutyState::Open && d.owner_person == Some(actor.person().0));
            if theirs {
                return Ok(Some(true));
            }
        }
        Ok(None)
    }

    async fn desk_space(&self, unit: &mut dyn Unit, looked: Looked) -> Result<(Space, Timeline)> {
        let mut timeline = looked.timeline.clone();
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        Ok((self.space_of(unit, looked).await?, timeline))
    }

    /// What a child said and chose this person to read.
    ///
    /// # Errors
    /// [`Error::Absent`] when this person may not open the child.
    pub async fn voices(&self, actor: &Actor, child: ChildId) -> Result<VoicesPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let (space, timeline) = self.desk_space(&mut *unit, looked).await?;
        let mut lines = Vec::new();
        for entry in space.chronology.standing(None) {
            if self.may_hear(&mut *unit, &space, actor, entry).await?.is_none() {
                continue;
            }
            if let Some(said) = one(&space, entry) {
                let Said { entry, topic, on, state, reply_from, .. } = said;
                lines.push(VoiceLine { entry, topic, on, state, reply_from });
            }
        }
        drop(unit);
        lines.sort_by_key(|l| std::cmp::Reverse((l.on, l.entry)));
        let detail = json!({"page": "voices", "said": lines.len()});
        self.house.pen.write(vec![actor.line("view_voice", Some(child.0), true, &detail)]).await?;
        Ok(VoicesPage { handle: space.looked.handle, timeline, today: space.today, lines })
    }

    /// One thing a child said.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, or the child did not choose this person to read it.
    pub async fn voice_page(&self, actor: &Actor, child: ChildId, entry: EntryId) -> Result<VoicePage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let (space, timeline) = self.desk_space(&mut *unit, looked).await?;
        let found = space.chronology.standing(None).into_iter().find(|e| e.id == entry);
        let heard = match found {
            Some(found) => self.may_hear(&mut *unit, &space, actor, found).await?,
            None => None,
        };
        let (Some(found), Some(taken_over)) = (found, heard) else {
            drop(unit);
            return self.refused(actor, child, Action::SayIt).await;
        };
        let said = one(&space, found).ok_or(Error::Absent)?;
        let files = own_files(&mut *unit, &self.house.keys, child, &said.voice).await?;
        drop(unit);
        let line = actor.line("view_voice", Some(child.0), true, &json!({"page": "voice", "entry": entry}));
        self.house.pen.write(vec![line]).await?;
        Ok(VoicePage { handle: space.looked.handle, timeline, today: space.today, said, files, taken_over })
    }

    /// Replies to the child. It stands in the record, the child is told, and the duty to reply is met.
    ///
    /// # Errors
    /// As [`Casework::voice_page`]; [`Error::Invalid`] for an empty reply.
    pub async fn reply_to_child(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
        key: &str,
        text: &str,
    ) -> Result<()> {
        let page = self.voice_page(actor, child, entry).await?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("text", "Write your reply"));
        }
        if text.chars().count() > LONGEST_REPLY {
            return Err(Error::invalid("text", "The reply is too long for a child to read. Shorten it"));
        }
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ViewChild).await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(());
        }
        let space = self.space_of(&mut *unit, looked).await?;
        let said =
            space.chronology.standing(None).into_iter().find(|e| e.id == entry).ok_or(Error::Absent)?;
        let Event::VoiceSaid { readers, topic, .. } = &said.event else { return Err(Error::Absent) };
        let readers: Vec<PersonId> = readers.clone().unwrap_or_default();
        let today = space.today;
        let event = Event::VoiceReplied {
            voice: page.said.voice.clone(),
            text: text.to_owned(),
            readers: Some(readers),
        };
        let mut new = vec![NewEntry::on(today, event)];
        if topic == "complaint" && page.said.answers.is_empty() {
            new.push(NewEntry::on(today, Event::ComplaintAnswered { stage: 1, text: None }));
        }
        self.append(&mut *unit, actor, &space.looked, new).await?;
        self.tell_child(&mut *unit, &space, entry).await?;
        unit.keep_answer(key, actor.person().0, self.now(), "{}").await?;
        log(&mut *unit, vec![actor.line("reply_to_child", Some(child.0), true, &json!({"entry": entry}))])
            .await?;
        unit.commit().await?;
        Ok(())
    }

    async fn tell_child(&self, unit: &mut dyn Unit, space: &Space, entry: EntryId) -> Result<()> {
        let own = space.looked.timeline.circle_on(space.today).filter(|m| m.role == "young_person");
        let notices: Vec<NoticeRow> = own
            .filter_map(|m| m.person)
            .map(|person| NoticeRow {
                id: self.new_id(),
                person: person.0,
                child: Some(space.child().0),
                kind: "voice".to_owned(),
                text: "You have an answer to something you said.".to_owned(),
                link: Some(format!("/me/said/{entry}")),
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }
}
