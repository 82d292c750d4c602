//! Sending what was said: who reads it, who replies and by when, and who is told in any case so that the child is safe.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kinfold_guidance::{By, Rule};
use kinfold_record::{ChildId, EntryId, Event, PersonId, Timeline};
use kinfold_store::{NoticeRow, Unit};
use smol_str::SmolStr;
use uuid::Uuid;

use super::people::OwnPerson;
use super::say::{DRAFT, Saying};
use super::space::Space;
use crate::actor::Actor;
use crate::child::Looked;
use crate::clock::in_england;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::Directory;
use crate::record::{NewEntry, read_entries};

/// Topics that reach the key worker and their manager whoever was chosen.
const PASSED_ON: [&str; 2] = ["worry", "help_now"];

/// What will happen with something that is said, as it stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sending {
    /// Those who were chosen, by account.
    pub readers: Vec<PersonId>,
    /// Who replies: the person chosen for it, else the key worker, else the manager.
    pub reply_from: Option<PersonId>,
    /// In what role.
    pub reply_role: SmolStr,
    /// By when.
    pub reply_by: Option<Date>,
    /// Whom it reaches although they were not chosen: to keep the child safe, or because they answer a complaint.
    pub also: Vec<PersonId>,
    /// Whether that is to keep the child safe.
    pub to_keep_safe: bool,
    /// Names of all of these.
    pub names: HashMap<PersonId, String>,
}

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The entry.
    pub entry: EntryId,
}

impl Sending {
    pub(super) fn ids(&self) -> Vec<Uuid> {
        self.readers.iter().chain(&self.also).chain(&self.reply_from).map(|p| p.0).collect()
    }

    pub(super) fn named(self, names: &HashMap<PersonId, String>) -> Self {
        Self { names: names.clone(), ..self }
    }

    /// A name, or what to say without one.
    pub fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("somebody who helps you", String::as_str)
    }

    /// Everybody who will be able to read it.
    pub fn everybody(&self) -> Vec<PersonId> {
        let mut all: Vec<PersonId> =
            self.readers.iter().chain(&self.also).chain(&self.reply_from).copied().collect();
        let mut seen = HashSet::new();
        all.retain(|p| seen.insert(*p));
        all
    }
}

/// The rule by which a topic is answered.
pub(super) fn rule_of<'a>(book: &'a Book, topic: &str, on: Date) -> Option<&'a Rule> {
    let id = match topic {
        "worry" => "voice.reply_worry",
        "help_now" => "voice.help_now",
        "complaint" => "complaint.stage_one",
        _ => "voice.reply",
    };
    book.guidance.rule_on(id, on)
}

fn by_when(book: &Book, topic: &str, on: Date) -> Option<Date> {
    match rule_of(book, topic, on)?.due.first()?.by {
        By::Within { period, inclusive } => Some(book.rules.add(on, period, inclusive)),
        _ => None,
    }
}

/// Who covers for the key worker today.
fn covers(timeline: &Timeline, on: Date) -> impl Iterator<Item = PersonId> + '_ {
    timeline.circle_on(on).filter(|m| m.role == "cover_worker").filter_map(|m| m.person)
}

/// What will happen with what is said. `people` are those who can be chosen.
pub(super) fn sending(
    space: &Space,
    saying: &Saying,
    people: &[OwnPerson],
    directory: &Directory,
) -> Sending {
    let (timeline, on) = (&space.looked.timeline, space.today);
    let key = timeline.key_worker_on(on).filter(|m| m.person.is_some());
    let manager = directory.owner("team_manager", timeline, space.looked.row.team, on).map(PersonId);
    let key_person = key.and_then(|m| m.person);
    let topic = saying.topic.as_str();
    let readers: Vec<PersonId> =
        saying.readers.iter().filter(|r| people.iter().any(|p| p.person == Some(**r))).copied().collect();
    let asked = saying.reply_from.filter(|p| people.iter().any(|o| o.person == Some(*p)));
    let reply_from = match topic {
        "complaint" => manager.or(key_person),
        "help_now" => key_person.or(manager),
        _ => asked.or(key_person).or(manager),
    };
    let role = people.iter().find(|p| p.person.is_some() && p.person == reply_from).map(|p| p.role.clone());
    let reply_role = role.unwrap_or_else(|| SmolStr::new_static("team_manager"));
    let mut also: Vec<PersonId> = Vec::new();
    if PASSED_ON.contains(&topic) {
        also.extend(key_person);
        also.extend(manager);
    }
    if topic == "help_now" {
        also.extend(covers(timeline, on));
    }
    if topic == "complaint" {
        also.extend(manager);
    }
    also.retain(|p| !readers.contains(p));
    let mut seen = HashSet::new();
    also.retain(|p| seen.insert(*p));
    Sending {
        to_keep_safe: PASSED_ON.contains(&topic),
        reply_by: by_when(&space.book, topic, on),
        readers,
        reply_from,
        reply_role,
        also,
        names: HashMap::new(),
    }
}

impl Casework {
    /// Sends what was said: it becomes an entry, with its pictures and recordings, and those who may read it are told.
    /// `voice` is what the page showed; sending it a second time gives the first answer.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space or when there is nothing begun; [`Error::Invalid`] when nothing was
    /// said yet, or nobody was chosen to read it.
    pub async fn send_saying(&self, actor: &Actor, voice: &str) -> Result<Sent> {
        let space = self.own_space(actor).await?;
        let child = space.child();
        if let Some(entry) = sent_before(&space, voice) {
            return Ok(Sent { entry });
        }
        let saying = self.saying(actor, child).await?.filter(|s| s.voice == voice).ok_or(Error::Absent)?;
        let page = self.say_page_of(&space, saying).await?;
        if page.saying.text.trim().is_empty() && page.saying.feeling.is_none() && page.files.is_empty() {
            return Err(Error::invalid("text", "Write something, choose a face, or add a picture"));
        }
        if page.sending.readers.is_empty() {
            return Err(Error::invalid("readers", "Choose who can read this"));
        }
        self.put_voice(actor, child, &page.saying, &page.sending, page.files.len()).await
    }

    /// The call for help: nothing is asked, everything happens at once. A second press within ten minutes is the same call.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn call_for_help(&self, actor: &Actor, text: &str) -> Result<Sent> {
        let space = self.own_space(actor).await?;
        let now = self.now();
        let again = space.chronology.standing(None).into_iter().rfind(|e| {
            let lately = now.duration_since(e.recorded_at) < jiff::SignedDuration::from_mins(10);
            lately && matches!(&e.event, Event::VoiceSaid { topic, text: said, .. } if topic == "help_now" && said.as_deref().unwrap_or("") == text.trim())
        });
        if let Some(entry) = again {
            return Ok(Sent { entry: entry.id });
        }
        let text: String = text.chars().take(super::say::LONGEST).collect();
        let saying = Saying {
            voice: SmolStr::new(self.new_id().to_string()),
            topic: SmolStr::new_static("help_now"),
            text,
            ..Saying::default()
        };
        let page = self.say_page_of(&space, saying).await?;
        self.put_voice(actor, space.child(), &page.saying, &page.sending, 0).await
    }

    /// What would happen if help were called for now, for the page that offers it.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space.
    pub async fn help_page(&self, actor: &Actor) -> Result<Sending> {
        let space = self.own_space(actor).await?;
        let saying = Saying { topic: SmolStr::new_static("help_now"), ..Saying::default() };
        let page = self.say_page_of(&space, saying).await?;
        self.read_own(actor, space.child(), "help_now").await?;
        Ok(page.sending)
    }

    async fn put_voice(
        &self,
        actor: &Actor,
        child: ChildId,
        saying: &Saying,
        sending: &Sending,
        files: usize,
    ) -> Result<Sent> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) =
            self.look_to_write(unit, actor, child, kinfold_access::Action::SayIt).await?;
        if let Some(entry) = said_already(&mut *unit, child, &saying.voice).await? {
            return Ok(Sent { entry });
        }
        let now = in_england(self.now()).datetime();
        let readers = sending.everybody();
        let mut new = vec![NewEntry {
            happened_at: Some(now.time()),
            ..NewEntry::on(
                now.date(),
                Event::VoiceSaid {
                    voice: saying.voice.clone(),
                    topic: saying.topic.clone(),
                    text: Some(saying.text.clone()).filter(|t| !t.trim().is_empty()),
                    feeling: saying.feeling.clone(),
                    readers: Some(readers.clone()),
                    reply_from: sending.reply_from,
                    reply_role: Some(sending.reply_role.clone()),
                    passed_on: sending.to_keep_safe.then_some(true),
                    files: i32::try_from(files).ok().filter(|n| *n > 0),
                    line: saying.line,
                },
            )
        }];
        if saying.topic == "complaint" {
            // That there is a complaint, and its clock, is in the record; the words are only for those chosen.
            new.push(NewEntry::on(now.date(), Event::ComplaintMade { stage: 1, text: None }));
        }
        let recorded = self.append(&mut *unit, actor, &looked, new).await?;
        let entry = *recorded.entries.first().ok_or(Error::Absent)?;
        unit.send_voice_files(child.0, &saying.voice, self.now()).await?;
        unit.drop_draft(actor.person().0, child.0, DRAFT).await?;
        self.tell_readers(&mut *unit, &looked, entry, &saying.topic, &readers).await?;
        unit.commit().await?;
        Ok(Sent { entry })
    }

    async fn tell_readers(
        &self,
        unit: &mut dyn Unit,
        looked: &Looked,
        entry: EntryId,
        topic: &str,
        readers: &[PersonId],
    ) -> Result<()> {
        let child = looked.handle.id();
        let reference = &looked.handle.reference;
        let text = match topic {
            "help_now" => format!("HELP NOW: a young person ({reference}) asks for help now. Reach them."),
            "worry" => format!("A young person ({reference}) has a worry and you may read it."),
            "complaint" => format!("A young person ({reference}) made a complaint and you may read it."),
            _ => format!("A young person ({reference}) said something and chose you to read it."),
        };
        let notices: Vec<NoticeRow> = readers
            .iter()
            .map(|person| NoticeRow {
                id: self.new_id(),
                person: person.0,
                child: Some(child.0),
                kind: if topic == "help_now" { "help_now" } else { "voice" }.to_owned(),
                text: text.clone(),
                link: Some(format!("/children/{child}/voice/{entry}")),
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }
}

fn sent_before(space: &Space, voice: &str) -> Option<EntryId> {
    let said = space.chronology.entries().iter();
    said.filter(|e| matches!(&e.event, Event::VoiceSaid { voice: v, .. } if v == voice)).map(|e| e.id).next()
}

async fn said_already(unit: &mut dyn Unit, child: ChildId, voice: &str) -> Result<Option<EntryId>> {
    let entries = read_entries(unit, child).await?;
    Ok(entries
        .iter()
        .find(|e| matches!(&e.event, Event::VoiceSaid { voice: v, .. } if v == voice))
        .map(|e| e.id))
}
