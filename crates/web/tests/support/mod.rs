//! A small council behind the real router, people of every role round two children, and a browser for each.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod browser;
pub mod forms;
pub mod health;
pub mod marks;
pub mod people;
pub mod reading;

use std::sync::Arc;

use axum::Router;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_access::{Code, Role};
use kinfold_casework::founding::{Founding, NewAgency, NewPerson, NewTeam, found};
use kinfold_casework::{Casework, Clock, Cost, FixedClock, Keys, NewChronology};
use kinfold_guidance::Guidance;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};
use kinfold_store::testing::TestDatabase;
use kinfold_store::{Page, Store};
use kinfold_web::App;
use serde_json::{Value, json};
use uuid::Uuid;

#[allow(unused_imports, reason = "not every program of tests names the answer it looks at")]
pub use browser::{Answer, Browser};
pub use people::{Someone, Tie};

/// Monday morning in Fernshire.
pub const NOW: &str = "2026-11-23T09:30:00Z";
pub const PASSWORD: &str = "rain on the old tin roof";
/// Names that stand nowhere else, so that finding one in an answer is a leak.
pub const OPEN_NAME: (&str, &str) = ("Ottoline", "Brackenbury");
pub const HIDDEN_NAME: (&str, &str) = ("Zephyrine", "Quillfeather");

pub const OPEN_REFERENCE: &str = "K90001";
pub const HIDDEN_REFERENCE: &str = "K90002";

pub const AGENCY: Uuid = Uuid::from_u128(0x1001);
pub const CARE: Uuid = Uuid::from_u128(0x2001);
pub const OTHER: Uuid = Uuid::from_u128(0x2002);
pub const OPEN: ChildId = ChildId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_c001));
pub const HIDDEN: ChildId = ChildId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_c002));
pub const ABSENT: ChildId = ChildId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_c0ff));
/// The note in each child's chronology that can be corrected.
pub fn note_of(child: ChildId) -> EntryId {
    EntryId(Uuid::from_u128(((child.0.as_u128() & 0xffff) << 64) + 0xffff))
}

pub fn today() -> Date {
    date(2026, 11, 23)
}

/// The running council.
pub struct Council {
    pub router: Router,
    pub casework: Casework,
    pub store: Store,
    pub clock: Arc<FixedClock>,
    pub people: Vec<Someone>,
    _database: TestDatabase,
}

impl Council {
    /// Everybody of `people` round the open and the hidden child, and `children` invented ones beside them.
    pub async fn open(database: TestDatabase, people: Vec<Someone>, children: usize) -> Self {
        Self::open_with(database, people, children, |_| Vec::new()).await
    }

    /// The same, with more in the records of the two: the day, the label and the event of each entry.
    pub async fn open_with(
        database: TestDatabase,
        people: Vec<Someone>,
        children: usize,
        more: fn(ChildId) -> Vec<marks::More>,
    ) -> Self {
        let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
        let keys = Keys::generate();
        let invented = kinfold_fictional::council(today(), 7, children);
        let mut founding = Founding {
            authority: "Fernshire County Council".to_owned(),
            address: "http://127.0.0.1:8080".to_owned(),
            demo: true,
            ..Founding::default()
        };
        let agency = AGENCY;
        founding.agencies =
            vec![NewAgency { id: agency, name: "Fernshire".to_owned(), kind: "council".to_owned() }];
        founding.agencies.extend(invented.agencies.iter().map(|a| NewAgency {
            id: a.id,
            name: a.name.clone(),
            kind: a.kind.to_owned(),
        }));
        founding.teams = [(CARE, "North"), (OTHER, "South")]
            .map(|(id, name)| NewTeam {
                id,
                agency,
                name: name.to_owned(),
                kind: "care".to_owned(),
                manager: None,
            })
            .to_vec();
        founding.teams.extend(invented.teams.iter().map(|t| NewTeam {
            id: t.id,
            agency: t.agency,
            name: t.name.clone(),
            kind: "care".to_owned(),
            manager: None,
        }));
        founding.people = people.iter().map(new_person).collect();
        // Somebody to whom things can be done.
        founding.people.push(NewPerson {
            id: Uuid::from_u128(0x9fff),
            name: "Bystander".to_owned(),
            email: "bystander@fernshire.example".to_owned(),
            password: None,
            enrolled: false,
            roles: vec![("councillor".to_owned(), None, date(2020, 1, 1), None)],
            teams: Vec::new(),
        });
        founding.people.extend(invented.people.iter().map(|p| NewPerson {
            id: p.id.0,
            name: p.name.clone(),
            email: p.email.clone(),
            password: None,
            enrolled: false,
            roles: p.roles.iter().map(|r| (r.role.to_owned(), r.team, r.from, r.to)).collect(),
            teams: p.teams.iter().map(|t| (t.team, t.from, t.to)).collect(),
        }));
        found(&database.store, &keys, &*clock, Cost::Invented, founding).await.unwrap();
        let guidance = Guidance::national().unwrap();
        let shared: Arc<dyn Clock> = clock.clone();
        let casework =
            Casework::open(database.store.clone(), guidance, keys, shared, Cost::Invented).await.unwrap();
        let mut batch = vec![open_child(&people, more(OPEN)), hidden_child(&people, more(HIDDEN))];
        batch.extend(invented.chronologies().map(|c| NewChronology {
            id: c.id,
            subject: c.subject,
            reference: c.reference.clone(),
            team: Some(c.team),
            entries: c.entries.clone(),
            readers: c.restricted_readers.clone(),
            import_run: None,
        }));
        casework.add_chronologies(batch).await.unwrap();
        let router = kinfold_web::router(App { casework: casework.clone(), secure_cookies: false });
        Self { router, casework, store: database.store.clone(), clock, people, _database: database }
    }

    /// The person of a role with a tie.
    pub fn person(&self, role: Role, tie: Tie) -> &Someone {
        self.people.iter().find(|p| p.role == role && p.tie == tie).unwrap()
    }

    /// Signed in as them.
    pub async fn as_person(&self, someone: &Someone) -> Browser {
        let mut browser = self.stranger();
        browser.sign_in(&someone.email).await;
        browser
    }

    /// Signed in as the person of a role with a tie.
    pub async fn sign_in(&self, role: Role, tie: Tie) -> Browser {
        self.as_person(self.person(role, tie)).await
    }

    /// Nobody yet.
    pub fn stranger(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Moves the clock on.
    pub fn later(&self, span: jiff::SignedDuration) {
        self.clock.set(self.clock.now() + span);
    }

    /// How many lines the log has, or those of one person.
    pub async fn lines(&self, person: Option<Uuid>) -> i64 {
        let filter = kinfold_store::AuditFilter { person, ..Default::default() };
        self.store.read().await.unwrap().audit(&filter, Page::first(1)).await.unwrap().total
    }

    /// How many entries a chronology has.
    pub async fn entries(&self, child: ChildId) -> usize {
        self.store.read().await.unwrap().entries(child.0).await.unwrap().len()
    }
}

fn new_person(someone: &Someone) -> NewPerson {
    let from = date(2020, 1, 1);
    NewPerson {
        id: someone.id.0,
        name: someone.name.clone(),
        email: someone.email.clone(),
        password: Some(PASSWORD.to_owned()),
        enrolled: true,
        roles: vec![(someone.role.as_str().to_owned(), someone.held_in, from, None)],
        teams: someone.member_of.iter().map(|team| (*team, from, None)).collect(),
    }
}

struct Story {
    child: ChildId,
    entries: Vec<Entry>,
}

impl Story {
    fn on(&mut self, day: Date, event: Value) -> &mut Self {
        let number = self.entries.len() as u128;
        let recorded_at: Timestamp = "2026-01-10T10:00:00Z".parse().unwrap();
        self.entries.push(Entry {
            id: EntryId(Uuid::from_u128(((self.child.0.as_u128() & 0xffff) << 64) + number)),
            child: self.child,
            happened_on: day,
            happened_at: None,
            recorded_at: recorded_at + jiff::SignedDuration::from_secs(i64::try_from(number).unwrap()),
            recorded_by: None,
            source: Some("test".to_owned()),
            about: Vec::new(),
            sensitivity: Default::default(),
            replaces: None,
            event: serde_json::from_value::<Event>(event).unwrap(),
        });
        self
    }

    fn begin(child: ChildId, (given, family): (&str, &str)) -> Self {
        let mut story = Self { child, entries: Vec::new() };
        story
            .on(date(2015, 3, 9), json!({"kind": "child_registered", "given_name": given, "family_name": family, "date_of_birth": "2015-03-09"}))
            .on(date(2025, 2, 3), json!({"kind": "care_started", "legal_status": "V2"}))
            .on(date(2025, 2, 3), json!({"kind": "placement_started", "placement_type": "U6", "address": "9 Marl Way, Fernshire", "address_confidential": true}))
            .on(date(2026, 1, 5), json!({"kind": "note", "text": "She drew a heron."}));
        if let Some(note) = story.entries.last_mut() {
            note.id = note_of(child);
        }
        story
    }

    fn add(&mut self, more: Vec<marks::More>) {
        for (day, sensitivity, event) in more {
            self.on(day, event);
            if let Some(entry) = self.entries.last_mut() {
                entry.sensitivity = sensitivity;
            }
        }
    }

    fn join(&mut self, someone: &Someone, place: &str) {
        let key = place == "social_worker";
        self.on(date(2025, 2, 3), json!({"kind": "circle_joined", "role": place, "person": someone.id, "name": someone.name, "key_worker": key}));
        if place == "foster_carer" {
            // Without it the child's pages are closed to them: `carers.rs` tells that story.
            self.on(date(2025, 2, 3), json!({"kind": "undertaking_signed", "account": someone.id, "words": "confidentiality", "version": 1, "name": someone.name}));
        }
    }
}

fn open_child(people: &[Someone], more: Vec<marks::More>) -> NewChronology {
    let mut story = Story::begin(OPEN, OPEN_NAME);
    story.add(more);
    for someone in people {
        match someone.tie {
            Tie::Circle => story.join(someone, people::place(someone.role)),
            Tie::Family => story.join(someone, "relative"),
            Tie::Former => {
                story.join(someone, "other");
                story.on(date(2025, 6, 1), json!({"kind": "circle_left", "role": "other", "person": someone.id, "name": someone.name}));
            }
            _ => {}
        }
    }
    chronology(story, OPEN_REFERENCE, Vec::new())
}

fn hidden_child(people: &[Someone], more: Vec<marks::More>) -> NewChronology {
    let mut story = Story::begin(HIDDEN, HIDDEN_NAME);
    story.add(more);
    for someone in people.iter().filter(|p| p.tie == Tie::Circle) {
        story.join(someone, people::place(someone.role));
    }
    story.on(
        date(2026, 1, 6),
        json!({"kind": "restricted", "reason": "A relative works here.", "review_on": "2027-01-06"}),
    );
    let readers = people.iter().filter(|p| p.tie == Tie::Named).map(|p| p.id).collect();
    chronology(story, HIDDEN_REFERENCE, readers)
}

fn chronology(story: Story, reference: &str, readers: Vec<PersonId>) -> NewChronology {
    NewChronology {
        id: story.child,
        subject: Subject::Child,
        reference: reference.to_owned(),
        team: Some(CARE),
        entries: story.entries,
        readers,
        import_run: None,
    }
}
