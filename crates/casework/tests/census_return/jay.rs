//! A child of the world who has been in care for longer than the collection year.

use jiff::civil::{Date, date};
use kinfold_casework::bulk::NewChronology;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};

use crate::world::{NORTH, WORKER, World, id, noon};

pub const JAY: u128 = 104;

/// Somebody in care since 2024, about whose health nothing is recorded.
pub async fn add_jay(world: &World) {
    let since = date(2024, 5, 1);
    let registered = Event::ChildRegistered {
        given_name: "Jay".into(),
        family_name: "Finch".into(),
        date_of_birth: date(2015, 3, 9),
        known_as: None,
        sex: Some("M".into()),
        ethnicity: Some("WBRI".into()),
        nhs_number: None,
        upn: None,
        local_id: Some("L0099".into()),
        first_language: None,
        disabled: None,
    };
    let started = Event::CareStarted {
        legal_status: "C2".into(),
        category_of_need: Some("N1".into()),
        home_postcode: None,
        planned: Some(true),
    };
    let joined = Event::CircleJoined {
        role: "social_worker".into(),
        person: Some(PersonId(id(WORKER))),
        name: None,
        key_worker: Some(true),
        parental_responsibility: None,
        worker_id: None,
        change_reason: None,
        contact: None,
    };
    let entry = |n: u128, on: Date, event: Event| Entry {
        id: EntryId(id(90_000 + n)),
        child: ChildId(id(JAY)),
        happened_on: on,
        happened_at: None,
        recorded_at: noon(on),
        recorded_by: Some(PersonId(id(WORKER))),
        source: None,
        about: Vec::new(),
        sensitivity: Default::default(),
        replaces: None,
        event,
    };
    let new = NewChronology {
        id: ChildId(id(JAY)),
        subject: Subject::Child,
        reference: "F-105".into(),
        team: Some(id(NORTH)),
        entries: vec![entry(1, since, registered), entry(2, since, started), entry(3, since, joined)],
        readers: Vec::new(),
        import_run: None,
    };
    world.casework.add_chronologies(vec![new]).await.unwrap();
}
