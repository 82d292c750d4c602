//! One child's record, entry by entry, as workers would write it.
#![allow(dead_code, reason = "each test file uses its own part")]

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, EventKind, Sensitivity};
use uuid::Uuid;

/// A chronology being written.
pub struct Told {
    pub child: ChildId,
    entries: Vec<Entry>,
}

impl Told {
    pub fn born(born: Date) -> Self {
        Self::registered(born, "M")
    }

    pub fn girl(born: Date) -> Self {
        Self::registered(born, "F")
    }

    fn registered(born: Date, sex: &str) -> Self {
        let mut told = Self { child: ChildId(Uuid::from_u128(1)), entries: Vec::new() };
        told.on(
            born,
            Event::ChildRegistered {
                given_name: "Ash".into(),
                family_name: "Fern".into(),
                date_of_birth: born,
                known_as: None,
                sex: Some(sex.into()),
                ethnicity: Some("WBRI".into()),
                nhs_number: None,
                upn: Some("UN4".into()),
                local_id: Some("F1".into()),
                first_language: None,
                disabled: None,
            },
        );
        told
    }

    pub fn on(&mut self, day: Date, event: Event) {
        let n = self.entries.len();
        self.entries.push(Entry {
            id: EntryId(Uuid::from_u128(100 + n as u128)),
            child: self.child,
            happened_on: day,
            happened_at: None,
            recorded_at: Timestamp::UNIX_EPOCH + (n as i64).hours(),
            recorded_by: None,
            source: None,
            about: Vec::new(),
            sensitivity: Sensitivity::Ordinary,
            replaces: None,
            event,
        });
    }

    /// The same, read from a return.
    pub fn imported(&mut self, day: Date, event: Event) {
        self.on(day, event);
        if let Some(entry) = self.entries.last_mut() {
            entry.source = Some("ssda903 2022 episodes.csv row 2".into());
        }
    }

    pub fn chronology(&self) -> Chronology {
        Chronology::new(self.child, self.entries.clone()).expect("one child's entries")
    }

    pub fn last(&self) -> EntryId {
        self.entries.last().expect("an entry").id
    }

    pub fn recorded(&self, id: EntryId) -> Timestamp {
        self.entries.iter().find(|e| e.id == id).expect("an entry").recorded_at
    }

    pub fn kind(&self, id: EntryId) -> EventKind {
        self.entries.iter().find(|e| e.id == id).expect("an entry").event.kind()
    }
}

pub fn care(legal_status: &str) -> Event {
    Event::CareStarted {
        legal_status: legal_status.into(),
        category_of_need: Some("N1".into()),
        home_postcode: Some("FN1 1AA".into()),
        planned: None,
    }
}

pub fn status(code: &str) -> Event {
    Event::LegalStatusChanged { legal_status: code.into(), expires_on: None }
}

pub fn ceased(why: &str) -> Event {
    Event::CareCeased { reason: why.into(), new_home: None, text: None }
}

pub fn home(kind: &str) -> Event {
    home_of(kind, false)
}

pub fn home_of(kind: &str, same_carer: bool) -> Event {
    Event::PlacementStarted {
        placement_type: kind.into(),
        provider: Some("PR1".into()),
        carer_name: None,
        carer: None,
        // The postcode is the end of the address.
        address: Some("2 Bracken Lane, Fernham, FN2 2BB".into()),
        postcode: None,
        address_confidential: None,
        urn: Some("SC900001".into()),
        location: None,
        basis: None,
        planned: None,
        to_eighteen: None,
        same_carer: same_carer.then_some(true),
        ks4_disrupted: None,
        left_because: None,
    }
}

pub fn review(review: &str) -> Event {
    Event::ReviewHeld {
        review: review.into(),
        participation: Some("PN1".into()),
        meeting: None,
        chaired_by: None,
        spoke_alone: None,
        adjourned: None,
        text: None,
        occasion: None,
    }
}

pub fn worker(number: &str) -> Event {
    Event::CircleJoined {
        role: "social_worker".into(),
        person: None,
        name: None,
        key_worker: Some(true),
        parental_responsibility: None,
        worker_id: Some(number.into()),
        change_reason: Some("TSPROC".into()),
        contact: None,
    }
}
