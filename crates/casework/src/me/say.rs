//! Saying something, step by step. What was begun is kept on the server after every step, encrypted and the child's alone,
//! so that a lost connection or a flat battery loses nothing.

use jiff::SignedDuration;
use kinfold_record::{ChildId, PersonId};
use kinfold_store::{DraftRow, Unit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;

use super::files::{OwnFile, own_files};
use super::people::{OwnPerson, own_people};
use super::send::{Sending, sending};
use super::space::Space;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// Under which name it is kept among a person's drafts.
pub(super) const DRAFT: &str = "own:say";
/// How long what was begun is kept when nobody touches it.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The most words, in characters: a long letter.
pub const LONGEST: usize = 20_000;

/// What is being said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// Its reference, made when it was begun.
    pub voice: SmolStr,
    /// What kind of thing: a code of `voice_topic`.
    pub topic: SmolStr,
    /// How they feel: a code of `voice_feeling`.
    #[serde(default)]
    pub feeling: Option<SmolStr>,
    /// Their words, exactly as they were typed.
    #[serde(default)]
    pub text: String,
    /// Whom they chose to read it.
    #[serde(default)]
    pub readers: Vec<PersonId>,
    /// Who is to reply.
    #[serde(default)]
    pub reply_from: Option<PersonId>,
    /// The line of the log it asks about.
    #[serde(default)]
    pub line: Option<i32>,
    /// Version of the draft it was read from.
    #[serde(skip)]
    pub version: i64,
}

/// What the steps of saying something need.
#[derive(Debug, Clone)]
pub struct SayPage {
    /// What was begun; empty when nothing was.
    pub saying: Saying,
    /// Pictures and recordings added.
    pub files: Vec<OwnFile>,
    /// Who can be chosen to read it.
    pub people: Vec<OwnPerson>,
    /// Who will read it as it stands, who replies and by when, and who is told in any case.
    pub sending: Sending,
}

fn context(person: uuid::Uuid, child: ChildId) -> String {
    format!("draft:{person}:{child}:{DRAFT}")
}

impl Casework {
    /// What the child began to say and has not sent.
    pub(super) async fn saying(&self, actor: &Actor, child: ChildId) -> Result<Option<Saying>> {
        let mut unit = self.house.store.glance().await?;
        self.saying_in(&mut *unit, actor, child).await
    }

    pub(super) async fn saying_in(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        child: ChildId,
    ) -> Result<Option<Saying>> {
        let person = actor.person().0;
        let Some(row) = unit.draft(person, child.0, DRAFT).await? else { return Ok(None) };
        if self.now().duration_since(row.updated_at) > KEPT {
            return Ok(None);
        }
        let plain = self.house.keys.open(&context(person, child), &row.body)?;
        let saying: Saying = serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Some(Saying { version: row.version, ..saying }))
    }

    pub(super) async fn keep_saying(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        child: ChildId,
        saying: &Saying,
    ) -> Result<()> {
        let person = actor.person().0;
        let plain = serde_json::to_vec(saying).map_err(|e| Error::Internal(e.to_string()))?;
        // What is kept under another version was written meanwhile in another window: the later save stands, as on paper.
        let version = unit.draft(person, child.0, DRAFT).await?.map_or(0, |row| row.version);
        let body = self.house.keys.seal(&context(person, child), &plain)?;
        let row = DraftRow {
            person,
            child: child.0,
            form: DRAFT.to_owned(),
            body,
            version,
            updated_at: self.now(),
        };
        unit.save_draft(&row).await?;
        log(unit, vec![actor.line("save_draft", Some(child.0), true, &json!({"form": "own_words"}))]).await?;
        Ok(())
    }

    /// What was begun, or an empty page.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space of their own.
    pub async fn say_page(&self, actor: &Actor) -> Result<SayPage> {
        let space = self.own_space(actor).await?;
        let saying = self.saying(actor, space.child()).await?.unwrap_or_default();
        let page = self.say_page_of(&space, saying).await?;
        self.read_own(actor, space.child(), "say").await?;
        Ok(page)
    }

    pub(super) async fn say_page_of(&self, space: &Space, saying: Saying) -> Result<SayPage> {
        let people: Vec<OwnPerson> =
            self.reachable(own_people(space)).await?.into_iter().filter(|p| p.can_read).collect();
        let mut unit = self.house.store.read().await?;
        let files = if saying.voice.is_empty() {
            Vec::new()
        } else {
            own_files(&mut *unit, &self.house.keys, space.child(), &saying.voice).await?
        };
        let directory = self.house.directories.read(&mut *unit, space.today).await?;
        let sending = sending(space, &saying, &people, &directory);
        let names = self.names(&mut *unit, &sending.ids()).await?;
        drop(unit);
        Ok(SayPage { sending: sending.named(&names), saying, files, people })
    }

    /// Keeps what was chosen and typed. Nothing is refused for being unfinished.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space; [`Error::Invalid`] for a topic or feeling that is not on the list,
    /// or a text longer than [`LONGEST`] (nothing that was kept before is lost).
    pub async fn keep_words(
        &self,
        actor: &Actor,
        topic: &str,
        feeling: Option<&str>,
        text: &str,
        line: Option<i32>,
    ) -> Result<Saying> {
        let book = self.book();
        let on = self.today();
        let known = |list: &str, code: &str| {
            book.guidance.codes.list(list).is_some_and(|l| l.on(on).any(|c| c.code == code))
        };
        if !known("voice_topic", topic) || topic == "help_now" {
            return Err(Error::invalid("topic", "Choose what you want to say"));
        }
        if feeling.is_some_and(|f| !known("voice_feeling", f)) {
            return Err(Error::invalid("feeling", "Choose one of the faces, or none"));
        }
        if text.chars().count() > LONGEST {
            return Err(Error::invalid(
                "text",
                "This is too long to send at once. Make it shorter, or send it in two parts",
            ));
        }
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let child = looked.handle.id();
        let mut saying = self.saying_in(&mut *unit, actor, child).await?.unwrap_or_default();
        if saying.voice.is_empty() {
            saying.voice = SmolStr::new(self.new_id().to_string());
        }
        saying.topic = SmolStr::new(topic);
        saying.feeling = feeling.map(SmolStr::new);
        text.clone_into(&mut saying.text);
        saying.line = if topic == "who_looked" { line } else { None };
        self.keep_saying(&mut *unit, actor, child, &saying).await?;
        unit.commit().await?;
        Ok(saying)
    }

    /// Keeps who may read it and who is to reply.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space; [`Error::Invalid`] when nobody is chosen, or somebody who is not one
    /// of their people.
    pub async fn keep_readers(
        &self,
        actor: &Actor,
        readers: &[PersonId],
        reply_from: Option<PersonId>,
    ) -> Result<Saying> {
        let space = self.own_space(actor).await?;
        let people = self.reachable(own_people(&space)).await?;
        let offered = |id: &PersonId| people.iter().any(|p| p.can_read && p.person == Some(*id));
        if readers.is_empty() {
            return Err(Error::invalid("readers", "Choose who can read this"));
        }
        if !readers.iter().all(offered) || reply_from.is_some_and(|p| !offered(&p)) {
            return Err(Error::invalid("readers", "Choose from the people on this page"));
        }
        let mut unit = self.house.store.write().await?;
        let child = space.child();
        let mut saying = self.saying_in(&mut *unit, actor, child).await?.ok_or(Error::Absent)?;
        saying.readers = readers.to_vec();
        saying.readers.sort_unstable();
        saying.readers.dedup();
        saying.reply_from = reply_from;
        self.keep_saying(&mut *unit, actor, child, &saying).await?;
        unit.commit().await?;
        Ok(saying)
    }

    /// Throws away what was begun, with its pictures and recordings.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn drop_saying(&self, actor: &Actor) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let child = looked.handle.id();
        if let Some(saying) = self.saying_in(&mut *unit, actor, child).await? {
            for file in unit.voice_files(child.0, &saying.voice).await? {
                unit.drop_voice_file(file.id).await?;
            }
        }
        unit.drop_draft(actor.person().0, child.0, DRAFT).await?;
        log(&mut *unit, vec![actor.line("save_draft", Some(child.0), true, &json!({"form": "own_words"}))])
            .await?;
        unit.commit().await?;
        Ok(())
    }
}
