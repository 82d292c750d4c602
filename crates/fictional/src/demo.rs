//! Which account to show for each role: somebody with interesting work, and where it can be, around the same children.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_record::{Event, PersonId};

use crate::tale::InventedChild;
use crate::workforce::{Person, Workforce};

/// The key worker on the last day written about.
pub fn key_worker(child: &InventedChild, today: Date) -> Option<PersonId> {
    let joins = child.entries.iter().filter_map(|e| match &e.event {
        Event::CircleJoined { key_worker: Some(true), person, .. } if e.happened_on < today => {
            Some((e.happened_on, *person))
        }
        _ => None,
    });
    joins.max_by_key(|(on, _)| *on).and_then(|(_, person)| person)
}

/// Whether the child is looked after at the end of the story.
pub fn in_care(child: &InventedChild) -> bool {
    let count = |wanted: fn(&Event) -> bool| child.entries.iter().filter(|e| wanted(&e.event)).count();
    count(|e| matches!(e, Event::CareStarted { .. })) > count(|e| matches!(e, Event::CareCeased { .. }))
}

/// How much there is to see in a record: different kinds of events.
fn interest(child: &InventedChild) -> usize {
    let mut kinds: Vec<_> = child.entries.iter().map(|e| e.event.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len()
}

/// How much a carer has written in their log about a child.
fn writes(child: &InventedChild, person: PersonId) -> usize {
    let log = |e: &&kinfold_record::Entry| {
        e.recorded_by == Some(person) && matches!(e.event, Event::CarerLogWritten { .. })
    };
    child.entries.iter().filter(log).count()
}

/// For each role one person.
pub fn accounts(force: &Workforce, children: &[InventedChild], today: Date) -> Vec<(&'static str, PersonId)> {
    let keys: Vec<Option<PersonId>> = children.iter().map(|c| key_worker(c, today)).collect();
    let cared: Vec<_> = children.iter().zip(&keys).filter(|(c, _)| in_care(c)).collect();
    let desk = |key: &Option<PersonId>| cared.iter().filter(|(_, other)| *other == key).count();
    // A fair load, so that the first page is one to work from; any worker when nobody has one.
    let fair = cared.iter().filter(|(_, key)| (14..=19).contains(&desk(key)));
    let worker = most(force, "social_worker", today, fair.map(|(c, key)| (**key, interest(c))));
    let worker = worker
        .or_else(|| most(force, "social_worker", today, cared.iter().map(|(c, key)| (**key, interest(c)))));
    let adviser = most(
        force,
        "personal_adviser",
        today,
        children.iter().zip(&keys).map(|(c, key)| (*key, interest(c))),
    );
    let theirs: Vec<&InventedChild> = children
        .iter()
        .zip(&keys)
        .filter(|(c, key)| **key == worker && worker.is_some() && in_care(c))
        .map(|(c, _)| c)
        .collect();
    let around = |role: &'static str| {
        let points = theirs.iter().flat_map(|c| members(c).into_iter().map(|p| (Some(p), 1 + writes(c, p))));
        let found = most(force, role, today, points);
        found.or_else(|| most(force, role, today, children.iter().flat_map(members).map(|p| (Some(p), 1))))
    };
    let manager = force
        .desks
        .iter()
        .find(|d| d.occupants.iter().any(|o| Some(o.who.person) == worker))
        .map(|d| d.manager);
    let first = |role: &str| force.people.iter().find(|p| holds(p, role, today)).map(|p| p.id);
    let mut out = Vec::new();
    let mut show = |role: &'static str, person: Option<PersonId>| out.extend(person.map(|p| (role, p)));
    show("social_worker", worker);
    show("team_manager", manager);
    show("personal_adviser", adviser);
    for role in [
        "reviewing_officer",
        "designated_nurse",
        "designated_teacher",
        "foster_carer",
        "supervising_social_worker",
        "young_person",
    ] {
        show(role, around(role).or_else(|| first(role)));
    }
    for role in [
        "head_of_service",
        "director",
        "designated_doctor",
        "health_administrator",
        "health_senior",
        "virtual_school_head",
        "commissioner",
        "data_analyst",
        "councillor",
        "nominated_officer",
        "safeguarding_lead",
        "data_protection_officer",
        "administrator",
        "panel_clerk",
        "partnership_lead",
    ] {
        show(role, first(role));
    }
    out
}

fn holds(person: &Person, role: &str, today: Date) -> bool {
    person.roles.iter().any(|r| r.role == role && r.from <= today && r.to.is_none_or(|to| to > today))
}

/// Everybody with an account who has a place in the circle and has not left it.
fn members(child: &InventedChild) -> Vec<PersonId> {
    let mut out = Vec::new();
    for entry in &child.entries {
        match &entry.event {
            Event::CircleJoined { person: Some(person), .. } => out.push(*person),
            Event::CircleLeft { person: Some(person), .. } => {
                // Whoever left and came back has joined twice.
                if let Some(at) = out.iter().position(|p| p == person) {
                    out.remove(at);
                }
            }
            _ => {}
        }
    }
    out
}

/// The holder of a role with the highest sum of points.
fn most(
    force: &Workforce,
    role: &str,
    today: Date,
    points: impl Iterator<Item = (Option<PersonId>, usize)>,
) -> Option<PersonId> {
    let mut sums: HashMap<PersonId, usize> = HashMap::new();
    for (person, value) in points {
        if let Some(person) = person {
            *sums.entry(person).or_default() += value;
        }
    }
    let holders = force.people.iter().filter(|p| holds(p, role, today) && sums.contains_key(&p.id));
    holders.max_by_key(|p| (sums.get(&p.id).copied(), std::cmp::Reverse(p.email.clone()))).map(|p| p.id)
}
