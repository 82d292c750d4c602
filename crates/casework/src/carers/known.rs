//! What a carer needs to know about a child, drawn from what they may read.

use std::sync::Arc;

use jiff::civil::Date;
use kinfold_record::{ChildId, EntryId, Event};
use smol_str::SmolStr;
use uuid::Uuid;

use super::facts::Known;
use super::space::Space;
use crate::actor::Actor;
use crate::child::ChildHandle;
use crate::error::Result;
use crate::health::HealthFacts;
use crate::house::{Book, Casework};

/// Places in the circle whose way of being reached may be where somebody lives, and those that are not shown here.
const NOT_REACHED: [&str; 9] = [
    "young_person",
    "parent",
    "relative",
    "sibling",
    "adopter",
    "foster_carer",
    "residential_worker",
    "other",
    "independent_visitor",
];

/// Somebody a carer can turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// Their name; `None` when only the role is known.
    pub name: Option<String>,
    /// Their role: a code of `circle_role`.
    pub role: SmolStr,
    /// Whether they are the key worker.
    pub key_worker: bool,
    /// A telephone number or how else to reach them at work.
    pub contact: Option<String>,
}

/// What a carer needs to know.
#[derive(Debug, Clone)]
pub struct KnowPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// What their carers call the child.
    pub called: String,
    /// Completed years.
    pub age: Option<i32>,
    /// Religion and first language, where known.
    pub faith: Option<String>,
    /// First language.
    pub language: Option<String>,
    /// Allergies, conditions and medicines, and the last checks.
    pub health: HealthFacts,
    /// The school, and since when.
    pub school: Option<(String, Date)>,
    /// Routines, what helps, risks: the last word on each topic.
    pub known: Vec<Known>,
    /// What the child says of themselves: a code of `about_me` and the words, oldest first.
    pub about: Vec<(SmolStr, String)>,
    /// Whom to turn to, the key worker first.
    pub people: Vec<Teller>,
}

/// The last word on each topic.
fn known(space: &Space) -> Vec<Known> {
    let mut out: Vec<Known> = Vec::new();
    for entry in space.readable() {
        if let Event::NeedToKnow { topic, text } = &entry.event {
            out.retain(|k| k.topic != *topic);
            out.push(Known { topic: topic.clone(), text: text.clone(), on: entry.happened_on });
        }
    }
    out
}

fn school(space: &Space) -> Option<(String, Date)> {
    let mut now = None;
    for entry in space.readable().into_iter().filter(|e| e.happened_on <= space.today) {
        match &entry.event {
            Event::SchoolStarted { school, .. } => now = Some((school.clone(), entry.happened_on)),
            Event::SchoolEnded { .. } => now = None,
            _ => {}
        }
    }
    now
}

impl Casework {
    /// Whom a carer can turn to: those who work with the child, never family, and never an address at home.
    pub(super) async fn tellers(&self, space: &Space) -> Result<Vec<Teller>> {
        let written: Vec<(EntryId, &str)> = space
            .chronology
            .entries()
            .iter()
            .filter_map(|e| match &e.event {
                Event::CircleJoined { contact: Some(contact), .. } => Some((e.id, contact.as_str())),
                _ => None,
            })
            .collect();
        let members: Vec<_> = space
            .looked
            .timeline
            .circle_on(space.today)
            .filter(|m| !NOT_REACHED.contains(&m.role.as_str()))
            .collect();
        let ids: Vec<Uuid> = members.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        let mut unit = self.house.store.glance().await?;
        let rows = unit.persons(&ids).await?;
        drop(unit);
        let mut out: Vec<Teller> = members
            .iter()
            .map(|m| {
                let row = m.person.and_then(|p| rows.iter().find(|r| r.id == p.0));
                let contact =
                    written.iter().find(|(entry, _)| *entry == m.entry).map(|(_, c)| (*c).to_owned());
                Teller {
                    name: row.map(|r| r.name.clone()).or_else(|| m.name.clone()),
                    role: m.role.clone(),
                    key_worker: m.key_worker,
                    contact: contact.or_else(|| row.and_then(|r| r.phone.clone())),
                }
            })
            .collect();
        out.sort_by(|a, b| (!a.key_worker, &a.role, &a.name).cmp(&(!b.key_worker, &b.role, &b.name)));
        out.dedup_by(|a, b| a.name.is_some() && a.name == b.name);
        Ok(out)
    }

    /// What a carer needs to know about a child in their care.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed.
    pub async fn need_to_know(&self, actor: &Actor, child: ChildId) -> Result<KnowPage> {
        let space = self.caring(actor, child, "need_to_know").await?;
        let people = self.tellers(&space).await?;
        let about = space
            .readable()
            .into_iter()
            .filter_map(|e| match &e.event {
                Event::AboutMe { what, text } => Some((what.clone(), text.clone())),
                _ => None,
            })
            .collect();
        let identity = &space.looked.timeline.identity;
        Ok(KnowPage {
            called: space.called(),
            age: space.looked.timeline.age_on(space.today),
            faith: identity.religion.clone(),
            language: identity.first_language.clone(),
            health: HealthFacts::of(&space.readable(), space.today),
            school: school(&space),
            known: known(&space),
            about,
            people,
            today: space.today,
            book: std::sync::Arc::clone(&space.book),
            handle: space.looked.handle,
        })
    }
}
