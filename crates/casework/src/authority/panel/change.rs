//! Calling the panel and making its agenda.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::PaperKind;
use kinfold_guidance::outline::Draw;
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::meeting::{Meeting, MeetingEvent, Presence};
use super::read::{meeting, meetings};
use crate::actor::Actor;
use crate::authority::entry::lock;
use crate::authority::publish::publication::Publication;
use crate::authority::{LONGEST_TEXT, LONGEST_TITLE, optional, text};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// The outline that an agenda begins with.
const AGENDA: &str = "panel.agenda";
/// The most items of an agenda, and the most people called.
const MOST: usize = 60;

/// A meeting to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    /// The day.
    pub on: Date,
    /// The time, in words.
    pub at: String,
    /// Where.
    pub place: String,
    /// Why it is moved, for one that was called already.
    pub reason: String,
}

/// An item of the agenda as it is to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewItem {
    /// Its title.
    pub title: String,
    /// What is to be said or read.
    pub text: String,
    /// What is told in it from the record.
    pub draws: Vec<Draw>,
    /// A publication that is laid before the panel.
    pub publication: Option<Uuid>,
}

/// What an item can tell from the record.
pub const DRAWS: [Draw; 5] = [Draw::Arising, Draw::Voice, Draw::Measures, Draw::Plans, Draw::Visits];

/// What a change of a meeting comes to: its entries, and who is told in which words.
#[derive(Default)]
pub(super) struct Meant {
    pub events: Vec<(Option<Uuid>, MeetingEvent)>,
    /// One person, or everybody who is called.
    pub tell: Option<(Option<Uuid>, String)>,
}

impl Meant {
    pub fn one(item: Option<Uuid>, event: MeetingEvent) -> Self {
        Self { events: vec![(item, event)], tell: None }
    }

    fn telling(self, person: Option<Uuid>, words: String) -> Self {
        Self { tell: Some((person, words)), ..self }
    }
}

fn changeable(meeting: &Meeting) -> Result<()> {
    if meeting.agreed.is_some() {
        return Err(Error::invalid(
            "",
            "The minutes are agreed, so that nothing of this meeting changes any more",
        ));
    }
    Ok(())
}

impl Casework {
    /// Calls a meeting, with the usual agenda and those who were called to the last one; to the first one, councillors
    /// and the director. All who have an account are told. Answers its id.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run the panel; [`Error::Invalid`] when something is missing or too long.
    pub async fn call_meeting(&self, actor: &Actor, new: &NewMeeting, key: &str) -> Result<Uuid> {
        actor.require(Action::RunPanel)?;
        let place = text("place", &new.place, LONGEST_TITLE, "Say where it is held")?;
        let at = optional("at", &new.at, 80)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        let mut events = vec![(None, MeetingEvent::MeetingCalled { on: new.on, at, place, reason: None })];
        let guests = self.usual_guests(&mut *unit).await?;
        let told: Vec<Uuid> = guests.iter().filter_map(|(_, _, person)| *person).collect();
        for (name, role, person) in guests {
            events.push((Some(self.new_id()), MeetingEvent::Called { name, role, person }));
        }
        let book = self.book();
        let agenda = book.guidance.outlines.offered(self.today());
        // A council's own agenda takes the place of the one that comes with the program.
        let agenda = agenda.iter().filter(|o| o.kind == PaperKind::Agenda);
        let agenda = agenda.max_by_key(|o| o.head.id != AGENDA);
        for section in agenda.iter().flat_map(|outline| &outline.sections) {
            let (title, words) = (section.heading.clone(), section.text.trim().to_owned());
            let draws = section.draws.clone();
            let put = MeetingEvent::ItemPut { title, text: Some(words), draws, publication: None };
            events.push((Some(self.new_id()), put));
        }
        self.add_entries(&mut *unit, id, 0, Some(me), &events).await?;
        let day = new.on.strftime("%-d %B %Y");
        let words = format!("The corporate parenting panel meets on {day}. You are called to it.");
        self.tell_panel(&mut *unit, id, told.into_iter().filter(|person| *person != me), &words).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        let detail = json!({"meeting": id, "what": "called"});
        log(&mut *unit, vec![actor.line(Action::RunPanel.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(id)
    }

    async fn usual_guests(&self, unit: &mut dyn Unit) -> Result<Vec<(String, Option<String>, Option<Uuid>)>> {
        let last = meetings(unit).await?.into_iter().rfind(|meeting| meeting.cancelled.is_none());
        if let Some(last) = last {
            return Ok(last.guests.into_iter().map(|g| (g.name, g.role, g.person)).collect());
        }
        let mut out = Vec::new();
        for role in ["councillor", "director"] {
            let title = Self::role_title(role).to_string();
            for person in unit.holders(role, None, self.today()).await? {
                out.push((person.name, Some(title.clone()), Some(person.id)));
            }
        }
        Ok(out)
    }

    pub(super) async fn tell_panel(
        &self,
        unit: &mut dyn Unit,
        meeting: Uuid,
        people: impl Iterator<Item = Uuid> + Send,
        words: &str,
    ) -> Result<()> {
        let notices: Vec<NoticeRow> = people
            .map(|person| NoticeRow {
                id: self.new_id(),
                person,
                child: None,
                kind: "panel".to_owned(),
                text: words.to_owned(),
                link: Some(format!("/panel/{meeting}")),
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }

    /// Adds entries to a meeting that can still change, and tells whom they concern.
    pub(super) async fn in_meeting<F>(&self, actor: &Actor, id: Uuid, key: &str, meant: F) -> Result<()>
    where
        F: FnOnce(&Meeting) -> Result<Meant> + Send,
    {
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (of, _) = meeting(&mut *unit, id).await?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        changeable(&of)?;
        let Meant { events, tell } = meant(&of)?;
        self.add_entries(&mut *unit, id, of.version, Some(me), &events).await?;
        if let Some((person, words)) = tell {
            let called = of.guests.iter().filter_map(|guest| guest.person);
            let people: Vec<Uuid> = match person {
                Some(person) => vec![person],
                None => called.filter(|person| *person != me).collect(),
            };
            self.tell_panel(&mut *unit, id, people.into_iter(), &words).await?;
        }
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"meeting": id, "entries": events.len()});
        log(&mut *unit, vec![actor.line(Action::RunPanel.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Moves a meeting to another day, time or place, and tells everybody who is called. `seen` is the version that the
    /// person had before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run the panel; [`Error::Invalid`] when something is missing or too long;
    /// [`Error::Conflict`] when somebody else moved it since `seen`.
    pub async fn move_meeting(
        &self,
        actor: &Actor,
        id: Uuid,
        seen: i64,
        new: &NewMeeting,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let place = text("place", &new.place, LONGEST_TITLE, "Say where it is held")?;
        let at = optional("at", &new.at, 80)?;
        let reason = Some(text("reason", &new.reason, LONGEST_TEXT, "Say why it is moved")?);
        let on = new.on;
        self.in_meeting(actor, id, key, |of| {
            if of.called.version > seen {
                return Err(Error::Conflict { current: of.version });
            }
            let words = format!("The corporate parenting panel is moved to {}.", on.strftime("%-d %B %Y"));
            Ok(Meant::one(None, MeetingEvent::MeetingCalled { on, at, place, reason }).telling(None, words))
        })
        .await
    }

    /// Cancels a meeting and tells everybody who is called.
    ///
    /// # Errors
    /// As [`Casework::move_meeting`].
    pub async fn cancel_meeting(&self, actor: &Actor, id: Uuid, reason: &str, key: &str) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let reason = text("reason", reason, LONGEST_TEXT, "Say why it is not held")?;
        let event = MeetingEvent::MeetingCancelled { reason };
        let words = "A meeting of the corporate parenting panel is not held.".to_owned();
        self.in_meeting(actor, id, key, |_| Ok(Meant::one(None, event).telling(None, words))).await
    }

    /// Calls somebody to a meeting: a colleague by their e-mail address, or anybody by name.
    ///
    /// # Errors
    /// As [`Casework::move_meeting`].
    pub async fn call_to_meeting(
        &self,
        actor: &Actor,
        id: Uuid,
        (name, role, email): (&str, &str, &str),
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let role = optional("role", role, LONGEST_TITLE)?;
        let (name, person) = if email.trim().is_empty() {
            (text("name", name, LONGEST_TITLE, "Enter a name, or a colleague’s e-mail address")?, None)
        } else {
            let mut unit = self.house.store.glance().await?;
            let found = unit.person_by_email(email.trim()).await?;
            let nobody =
                || Error::invalid("email", "No colleague has this address. Check it, or enter a name");
            let found = found.filter(|person| person.disabled_at.is_none()).ok_or_else(nobody)?;
            (found.name, Some(found.id))
        };
        self.in_meeting(actor, id, key, |of| {
            if of.guests.len() >= MOST {
                return Err(Error::invalid("", format!("Up to {MOST} people are called to a meeting")));
            }
            if person.is_some() && of.guests.iter().any(|guest| guest.person == person) {
                return Err(Error::invalid("email", format!("{name} is called already")));
            }
            let meant = Meant::one(Some(self.new_id()), MeetingEvent::Called { name, role, person });
            let day = of.on.strftime("%-d %B %Y");
            let words = format!("The corporate parenting panel meets on {day}. You are called to it.");
            Ok(if person.is_some() { meant.telling(person, words) } else { meant })
        })
        .await
    }

    /// Writes down who came. Only what differs is recorded.
    ///
    /// # Errors
    /// As [`Casework::move_meeting`].
    pub async fn note_attendance(
        &self,
        actor: &Actor,
        id: Uuid,
        who: &[(Uuid, Presence)],
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        self.in_meeting(actor, id, key, |of| {
            let differs = |(item, presence): &&(Uuid, Presence)| {
                of.guests.iter().any(|guest| guest.item == *item && guest.presence != Some(*presence))
            };
            let came = who.iter().filter(differs);
            let events =
                came.map(|(item, presence)| (Some(*item), MeetingEvent::Came { presence: *presence }));
            Ok(Meant { events: events.collect(), tell: None })
        })
        .await
    }

    /// Puts an item on the agenda, or changes one. `seen` is the version that the person had before them.
    ///
    /// # Errors
    /// As [`Casework::move_meeting`].
    pub async fn put_item(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Option<Uuid>),
        seen: i64,
        new: &NewItem,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let title = text("title", &new.title, LONGEST_TITLE, "Enter a title")?;
        let words = optional("text", &new.text, LONGEST_TEXT)?;
        let draws: Vec<Draw> = DRAWS.into_iter().filter(|draw| new.draws.contains(draw)).collect();
        if let Some(publication) = new.publication {
            let mut unit = self.house.store.glance().await?;
            let entries = crate::authority::entry::entries(&mut *unit, publication).await?;
            if Publication::of(publication, &entries).is_none() {
                return Err(Error::invalid("publication", "Choose a paper from the list"));
            }
        }
        let publication = new.publication;
        self.in_meeting(actor, id, key, |of| {
            let found = item.map(|item| of.item(item).ok_or(Error::Absent)).transpose()?;
            if found.is_some_and(|found| found.written.version > seen) {
                return Err(Error::Conflict { current: of.version });
            }
            if found.is_none() && of.items.len() >= MOST {
                return Err(Error::invalid("", format!("An agenda has up to {MOST} items")));
            }
            let item = item.unwrap_or_else(|| self.new_id());
            Ok(Meant::one(Some(item), MeetingEvent::ItemPut { title, text: words, draws, publication }))
        })
        .await
    }

    /// Takes an item off the agenda, as long as nothing was written about it in the minutes.
    ///
    /// # Errors
    /// As [`Casework::move_meeting`].
    pub async fn take_item_off(&self, actor: &Actor, (id, item): (Uuid, Uuid), key: &str) -> Result<()> {
        actor.require(Action::RunPanel)?;
        self.in_meeting(actor, id, key, |of| {
            let found = of.item(item).ok_or(Error::Absent)?;
            if found.minute.is_some() || !found.decisions.is_empty() {
                return Err(Error::invalid("", "There are minutes of this item, so that it stays"));
            }
            Ok(Meant::one(Some(item), MeetingEvent::ItemTakenOff { title: found.title.clone() }))
        })
        .await
    }

    /// Says something before the meeting, about an item or the whole.
    ///
    /// # Errors
    /// [`Error::Absent`] for those who are no members of the panel; [`Error::Invalid`] when it is empty or too long.
    pub async fn remark_on_meeting(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Option<Uuid>),
        words: &str,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::CommentAsPanel)?;
        let words = text("text", words, LONGEST_TEXT, "Enter what you want to say")?;
        self.in_meeting(actor, id, key, |of| {
            if let Some(item) = item {
                of.item(item).ok_or(Error::Absent)?;
            }
            Ok(Meant::one(item, MeetingEvent::Remarked { text: words }))
        })
        .await
    }
}
