//! Two children, a nurse, a nurse in a circle, an administrator of the health team, a social worker, a carer and somebody
//! who has nothing to do with them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_casework::bulk::NewChronology;
use kinfold_casework::{Actor, Casework, Clock, Cost, FixedClock, Keys, secrets};
use kinfold_guidance::Guidance;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Sensitivity, Subject};
use kinfold_store::testing::TestDatabase;
use kinfold_store::{AgencyRow, PersonRow, RoleGrantRow, TeamRow};
use serde_json::{Value, json};
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery";
pub const TODAY: Date = date(2026, 12, 1);

pub const WORKER: u128 = 11;
pub const NURSE: u128 = 12;
pub const CLERK: u128 = 13;
pub const CARER: u128 = 14;
pub const STRANGER: u128 = 15;
pub const REVIEWER: u128 = 16;
/// The child of [`OPEN`], with an account of their own.
pub const YOUNG: u128 = 17;
pub const EVERYBODY: [u128; 6] = [WORKER, NURSE, CLERK, CARER, STRANGER, REVIEWER];

/// The child whose record holds the facts of a test.
pub const OPEN: u128 = 100;
/// A child whose record is restricted to nobody of these.
pub const HIDDEN: u128 = 101;

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// Noon in England on a winter day.
pub fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp()
}

/// An event from its JSON: tests say only the fields they are about.
pub fn event(value: Value) -> Event {
    serde_json::from_value(value).unwrap()
}

pub fn entry(n: u128, child: u128, on: Date, event: Event) -> Entry {
    Entry {
        id: EntryId(id(child * 1000 + n)),
        child: ChildId(id(child)),
        happened_on: on,
        happened_at: None,
        recorded_at: noon(on),
        recorded_by: Some(PersonId(id(WORKER))),
        source: None,
        about: Vec::new(),
        sensitivity: event.kind().usual_sensitivity(),
        replaces: None,
        event,
    }
}

pub struct World {
    pub database: TestDatabase,
    pub casework: Casework,
    clock: Arc<FixedClock>,
}

impl World {
    /// A world whose open child has these facts too: day, event and label.
    pub async fn with(database: TestDatabase, facts: &[(Date, Event, Sensitivity)]) -> Self {
        let clock = Arc::new(FixedClock::new(noon(TODAY)));
        let keys = Keys::generate();
        let mut unit = database.store.write().await.unwrap();
        unit.set_setting("authority", "Fernshire County Council").await.unwrap();
        let agency = AgencyRow { id: id(1), name: "Fernshire".into(), kind: "authority".into(), version: 1 };
        unit.insert_agencies(&[agency]).await.unwrap();
        let hash = secrets::hash_password(PASSWORD, Cost::Invented).unwrap();
        let people = EVERYBODY.iter().copied().chain([YOUNG]).map(|n| PersonRow {
            id: id(n),
            name: format!("Person {n}"),
            email: format!("person{n}@fernshire.example"),
            phone: None,
            password_hash: Some(hash.clone()),
            totp_secret: Some(
                keys.seal(&format!("totp:{}", secrets::hex(id(n).as_bytes())), &[7; 20]).unwrap(),
            ),
            totp_last_step: Some(0),
            disabled_at: None,
            created_at: noon(TODAY),
            version: 1,
        });
        let people: Vec<PersonRow> = people.collect();
        unit.insert_people(&people).await.unwrap();
        let team = TeamRow {
            id: id(2),
            name: "North".into(),
            agency: id(1),
            parent: None,
            manager: None,
            kind: "care".into(),
            version: 1,
        };
        unit.insert_teams(&[team]).await.unwrap();
        let grant = |person: u128, role: &str| RoleGrantRow {
            id: id(person + 20),
            person: id(person),
            role: role.into(),
            team: None,
            from_on: date(2020, 1, 1),
            to_on: None,
        };
        unit.grant_roles(&[
            grant(WORKER, "social_worker"),
            grant(NURSE, "designated_nurse"),
            grant(CLERK, "health_administrator"),
            grant(CARER, "foster_carer"),
            grant(STRANGER, "social_worker"),
            grant(REVIEWER, "reviewing_officer"),
            grant(YOUNG, "young_person"),
        ])
        .await
        .unwrap();
        unit.commit().await.unwrap();
        let guidance = Guidance::national().unwrap();
        let casework = Casework::open(database.store.clone(), guidance, keys, clock.clone(), Cost::Invented);
        let world = Self { database, casework: casework.await.unwrap(), clock };
        world.add(OPEN, "Robin", facts, false).await;
        world.add(HIDDEN, "Quillon", facts, true).await;
        world
    }

    async fn add(&self, child: u128, name: &str, facts: &[(Date, Event, Sensitivity)], hidden: bool) {
        let start = date(2026, 9, 2);
        let joined = |role: &str, person: u128, key_worker: bool| {
            event(
                json!({"kind": "circle_joined", "role": role, "person": id(person), "key_worker": key_worker}),
            )
        };
        let mut events = vec![
            (
                date(2026, 9, 1),
                event(json!({"kind": "child_registered", "given_name": name, "family_name": "Ashdown",
                    "date_of_birth": "2024-03-09", "sex": "F"})),
            ),
            (start, event(json!({"kind": "care_started", "legal_status": "V2", "category_of_need": "N1"}))),
            (start, joined("social_worker", WORKER, true)),
            (start, joined("foster_carer", CARER, false)),
            (
                start,
                Event::UndertakingSigned {
                    account: PersonId(id(CARER)).to_string().into(),
                    words: "confidentiality".into(),
                    version: 1,
                    name: "A carer".into(),
                },
            ),
            (start, joined("reviewing_officer", REVIEWER, false)),
            (
                start,
                event(json!({"kind": "placement_started", "placement_type": "U6", "address": "1 Mill Lane",
                    "address_confidential": true})),
            ),
        ];
        if hidden {
            events.push((start, event(json!({"kind": "restricted"}))));
        } else {
            events.push((start, joined("young_person", YOUNG, false)));
        }
        let mut entries: Vec<Entry> =
            (1..).zip(events).map(|(n, (on, event))| entry(n, child, on, event)).collect();
        for (n, (on, event, sensitivity)) in (100..).zip(facts) {
            let fact = entry(n, child, *on, event.clone());
            entries.push(Entry { sensitivity: *sensitivity, ..fact });
        }
        let new = NewChronology {
            id: ChildId(id(child)),
            subject: Subject::Child,
            reference: format!("F{child}"),
            team: Some(id(2)),
            entries,
            readers: vec![],
            import_run: None,
        };
        self.casework.add_chronologies(vec![new]).await.unwrap();
    }

    /// Signs somebody in with both steps. The clock moves half a minute, since a code is good once.
    pub async fn sign_in(&self, person: u128) -> Actor {
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_secs(31));
        let email = format!("person{person}@fernshire.example");
        let half = self.casework.sign_in(&email, PASSWORD).await.unwrap();
        let at = u64::try_from(self.clock.now().as_second()).unwrap();
        let code = secrets::totp_code(&[7; 20], at).unwrap();
        let token = self.casework.pass_second_step(&half, &code).await.unwrap();
        let actor = self.casework.actor(&token).await.unwrap();
        // What is taken away asks for the password again; here it has just been given.
        self.casework.reauthenticate(&actor, PASSWORD).await.unwrap();
        self.casework.actor(&token).await.unwrap()
    }

    /// How many lines the log has.
    pub async fn log_size(&self) -> i64 {
        self.database.store.glance().await.unwrap().audit_size().await.unwrap()
    }
}
