//! The people who help a child, as the child may see them. No family member and nobody else's child is in this list: what
//! of them may be told is another person's to decide, entry by entry.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_record::{EntryId, Event, PersonId};
use smol_str::SmolStr;
use uuid::Uuid;

use super::space::Space;
use crate::error::Result;
use crate::house::Casework;

/// Places in the circle that are not shown here: family, and the child.
const NOT_HERE: [&str; 5] = ["young_person", "parent", "relative", "sibling", "adopter"];
/// Places whose way of being reached may be where somebody lives.
const AT_HOME: [&str; 3] = ["foster_carer", "other", "independent_visitor"];

/// Somebody who helps the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPerson {
    /// Their account, when they have one.
    pub person: Option<PersonId>,
    /// Their name; `None` when only their role is known.
    pub name: Option<String>,
    /// Their role: a code of `circle_role`.
    pub role: SmolStr,
    /// Whether they are the key worker.
    pub key_worker: bool,
    /// Since when.
    pub since: Date,
    /// How to reach them at work.
    pub contact: Option<String>,
    /// Whether something can be said to them here.
    pub can_read: bool,
    /// The entry that says they joined.
    pub(super) entry: EntryId,
}

/// The child's people today, the key worker first, then by role.
pub(super) fn own_people(space: &Space) -> Vec<OwnPerson> {
    let contacts: BTreeMap<EntryId, &str> = space
        .chronology
        .entries()
        .iter()
        .filter_map(|e| match &e.event {
            Event::CircleJoined { contact: Some(contact), role, .. } if !AT_HOME.contains(&role.as_str()) => {
                Some((e.id, contact.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut people: Vec<OwnPerson> = space
        .looked
        .timeline
        .circle_on(space.today)
        .filter(|m| !NOT_HERE.contains(&m.role.as_str()))
        .map(|m| OwnPerson {
            person: m.person,
            name: m.person.and_then(|p| space.names.get(&p).cloned()).or_else(|| m.name.clone()),
            role: m.role.clone(),
            key_worker: m.key_worker,
            since: m.start,
            contact: contacts.get(&m.entry).map(|c| (*c).to_owned()),
            can_read: m.person.is_some(),
            entry: m.entry,
        })
        .collect();
    people.sort_by_key(|p| (!p.key_worker, order(&p.role), p.since, p.entry));
    people.dedup_by(|a, b| a.person.is_some() && a.person == b.person);
    people
}

/// Those nearest to the child first.
fn order(role: &str) -> usize {
    const NEAR: [&str; 8] = [
        "social_worker",
        "personal_adviser",
        "foster_carer",
        "residential_worker",
        "reviewing_officer",
        "advocate",
        "independent_visitor",
        "looked_after_nurse",
    ];
    NEAR.iter().position(|r| *r == role).unwrap_or(NEAR.len())
}

impl Casework {
    /// Whether those with accounts can be reached by them: an account that is switched off reads nothing.
    pub(super) async fn reachable(&self, mut people: Vec<OwnPerson>) -> Result<Vec<OwnPerson>> {
        let ids: Vec<Uuid> = people.iter().filter_map(|p| p.person).map(|p| p.0).collect();
        let mut unit = self.house.store.glance().await?;
        let rows = unit.persons(&ids).await?;
        drop(unit);
        for person in &mut people {
            let row = person.person.and_then(|id| rows.iter().find(|r| r.id == id.0));
            person.can_read = row.is_some_and(|r| r.disabled_at.is_none());
            // Where nobody wrote down for this child how to reach them, the number they have at work is how.
            if person.contact.is_none() && !AT_HOME.contains(&person.role.as_str()) {
                person.contact = row.filter(|_| person.can_read).and_then(|r| r.phone.clone());
            }
        }
        Ok(people)
    }
}

impl Casework {
    /// One's people; `None` when they are not shown yet.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for somebody without a space.
    pub async fn own_people(&self, actor: &crate::Actor) -> Result<Option<Vec<OwnPerson>>> {
        let space = self.own_space(actor).await?;
        let people =
            if space.shows("people") { Some(self.reachable(own_people(&space)).await?) } else { None };
        self.read_own(actor, space.child(), "people").await?;
        Ok(people)
    }
}
