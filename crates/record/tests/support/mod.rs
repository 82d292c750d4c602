//! Builds chronologies for tests out of small pieces.
#![allow(dead_code, reason = "each test file uses its own part")]

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use serde_json::{Value, json};
use uuid::Uuid;

pub const CHILD: ChildId = ChildId(Uuid::from_u128(1));

/// The id of the nth entry.
pub fn id(n: u32) -> EntryId {
    EntryId(Uuid::from_u128(0x1000 + u128::from(n)))
}

/// The instant of recording of the nth entry.
pub fn instant(n: u32) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + i64::from(n) * 60).unwrap()
}

/// An event from its kind and fields.
pub fn event(kind: &str, fields: Value) -> Event {
    let mut object = json!({ "kind": kind });
    object.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(object).unwrap()
}

/// The nth entry recorded.
pub fn entry(n: u32, on: Date, kind: &str, fields: Value) -> Entry {
    Entry {
        id: id(n),
        child: CHILD,
        happened_on: on,
        happened_at: None,
        recorded_at: instant(n),
        recorded_by: None,
        source: None,
        about: vec![],
        sensitivity: Sensitivity::Ordinary,
        replaces: None,
        event: event(kind, fields),
    }
}

/// The nth entry, which replaces another.
pub fn correction(n: u32, of: u32, on: Date, kind: &str, fields: Value) -> Entry {
    Entry { replaces: Some(id(of)), ..entry(n, on, kind, fields) }
}

/// Entries in the order given, recorded in that order, after a registration with this date of birth.
pub fn story(born: Date, events: &[(Date, &str, Value)]) -> Vec<Entry> {
    let name = json!({ "given_name": "Robin", "family_name": "Ashdown", "date_of_birth": born });
    let mut out = vec![entry(0, born + 1.day(), "child_registered", name)];
    for (i, (on, kind, fields)) in events.iter().enumerate() {
        out.push(entry(u32::try_from(i).unwrap() + 1, *on, kind, fields.clone()));
    }
    out
}

pub fn chronology(entries: Vec<Entry>) -> Chronology {
    Chronology::new(CHILD, entries).unwrap()
}

pub fn fold(entries: Vec<Entry>) -> Timeline {
    Timeline::fold(&chronology(entries), None)
}

/// A timeline of a child born on 1 May 2015.
pub fn told(events: &[(Date, &str, Value)]) -> Timeline {
    fold(story(date(2015, 5, 1), events))
}
