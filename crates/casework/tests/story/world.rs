//! A very small authority: one team, its manager, two social workers, a reviewing officer and one child.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_casework::bulk::NewChronology;
use kinfold_casework::{Actor, Casework, Cost, FixedClock, Keys, secrets};
use kinfold_guidance::Guidance;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};
use kinfold_store::testing::TestDatabase;
use kinfold_store::{AgencyRow, PersonRow, RoleGrantRow, TeamRow};
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery";
pub const TODAY: Date = date(2026, 12, 1);

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub const WORKER: u128 = 11;
pub const OTHER: u128 = 12;
pub const MANAGER: u128 = 13;
pub const REVIEWER: u128 = 14;
pub const ADMINISTRATOR: u128 = 15;
pub const CARER: u128 = 16;
pub const SECOND_CARER: u128 = 17;
pub const YOUNG: u128 = 18;

pub struct World {
    pub database: TestDatabase,
    pub casework: Casework,
    pub clock: Arc<FixedClock>,
    pub child: ChildId,
    keys: Keys,
}

/// Noon in England on a winter day.
pub fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp()
}

pub fn entry(n: u128, child: ChildId, on: Date, event: Event) -> Entry {
    Entry {
        id: EntryId(id(1000 + n)),
        child,
        happened_on: on,
        happened_at: None,
        recorded_at: noon(on),
        recorded_by: Some(PersonId(id(WORKER))),
        source: None,
        about: Vec::new(),
        sensitivity: Default::default(),
        replaces: None,
        event,
    }
}

impl World {
    pub async fn new(database: TestDatabase) -> Self {
        let clock = Arc::new(FixedClock::new(noon(TODAY)));
        let keys = Keys::generate();
        let mut unit = database.store.write().await.unwrap();
        unit.set_setting("authority", "Fernshire County Council").await.unwrap();
        unit.insert_agencies(&[AgencyRow {
            id: id(1),
            name: "Fernshire".into(),
            kind: "authority".into(),
            version: 1,
        }])
        .await
        .unwrap();
        let hash = secrets::hash_password(PASSWORD, Cost::Invented).unwrap();
        let people: Vec<PersonRow> =
            [WORKER, OTHER, MANAGER, REVIEWER, ADMINISTRATOR, CARER, SECOND_CARER, YOUNG]
                .map(|n| PersonRow {
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
                })
                .to_vec();
        unit.insert_people(&people).await.unwrap();
        let team = TeamRow {
            id: id(2),
            name: "North".into(),
            agency: id(1),
            parent: None,
            manager: Some(id(MANAGER)),
            kind: "care".into(),
            version: 1,
        };
        unit.insert_teams(&[team]).await.unwrap();
        let grant = |n: u128, person: u128, role: &str, team: Option<Uuid>| RoleGrantRow {
            id: id(n),
            person: id(person),
            role: role.into(),
            team,
            from_on: date(2020, 1, 1),
            to_on: None,
        };
        unit.grant_roles(&[
            grant(21, WORKER, "social_worker", Some(id(2))),
            grant(22, OTHER, "social_worker", None),
            grant(23, MANAGER, "team_manager", Some(id(2))),
            grant(24, REVIEWER, "reviewing_officer", None),
            grant(25, ADMINISTRATOR, "administrator", None),
            grant(26, CARER, "foster_carer", None),
            grant(27, SECOND_CARER, "foster_carer", None),
            grant(28, YOUNG, "young_person", None),
        ])
        .await
        .unwrap();
        unit.commit().await.unwrap();
        let guidance = Guidance::national().unwrap();
        let casework =
            Casework::open(database.store.clone(), guidance, keys.clone(), clock.clone(), Cost::Invented)
                .await
                .unwrap();
        let child = ChildId(id(100));
        let world = Self { database, casework, clock, child, keys };
        world.add_chronology(child, "F1", 0).await;
        world
    }

    /// A child in care with a social worker and a reviewing officer, whose entries are numbered from here on.
    pub async fn add_chronology(&self, child: ChildId, reference: &str, from: u128) {
        let joined = |role: &str, person: u128, key_worker: bool| Event::CircleJoined {
            role: role.into(),
            person: Some(PersonId(id(person))),
            name: None,
            key_worker: Some(key_worker),
            parental_responsibility: None,
            worker_id: None,
            change_reason: None,
            contact: None,
        };
        let born = date(2015, 3, 9);
        let on = date(2026, 11, 2);
        let register = Event::ChildRegistered {
            given_name: "Robin".into(),
            family_name: "Ashdown".into(),
            date_of_birth: born,
            known_as: None,
            sex: None,
            ethnicity: None,
            nhs_number: None,
            upn: None,
            local_id: None,
            first_language: None,
            disabled: None,
        };
        let entries = vec![
            entry(from + 1, child, date(2026, 11, 1), register),
            entry(
                from + 2,
                child,
                on,
                Event::CareStarted {
                    legal_status: "V2".into(),
                    category_of_need: Some("N1".into()),
                    home_postcode: None,
                    planned: Some(true),
                },
            ),
            entry(from + 3, child, on, joined("social_worker", WORKER, true)),
            entry(from + 4, child, on, joined("reviewing_officer", REVIEWER, false)),
        ];
        let new = NewChronology {
            id: child,
            subject: Subject::Child,
            reference: reference.into(),
            team: Some(id(2)),
            entries,
            readers: vec![],
            import_run: None,
        };
        self.casework.add_chronologies(vec![new]).await.unwrap();
    }

    /// Signs somebody in with both steps. The clock moves half a minute, since a code is good once.
    pub async fn sign_in(&self, person: u128) -> Actor {
        let token = self.token(person).await;
        self.casework.actor(&token).await.unwrap()
    }

    pub async fn token(&self, person: u128) -> String {
        use kinfold_casework::Clock;
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_secs(31));
        let half =
            self.casework.sign_in(&format!("person{person}@fernshire.example"), PASSWORD).await.unwrap();
        let code = self.code(person);
        self.casework.pass_second_step(&half, &code).await.unwrap()
    }

    /// The keys of the house.
    pub fn keys(&self) -> Keys {
        self.keys.clone()
    }

    pub fn code(&self, person: u128) -> String {
        use kinfold_casework::Clock;
        let _ = person;
        let _ = &self.keys;
        let at = u64::try_from(self.clock.now().as_second()).unwrap();
        secrets::totp_code(&[7; 20], at).unwrap()
    }

    /// How many lines the log has.
    pub async fn log_size(&self) -> i64 {
        self.database.store.glance().await.unwrap().audit_size().await.unwrap()
    }
}

/// Tells a story on both databases.
pub async fn on_both<F, Fut>(story: F)
where
    F: Fn(World) -> Fut,
    Fut: Future<Output = ()>,
{
    for database in kinfold_store::testing::both().await {
        println!("on {}", database.name);
        story(World::new(database).await).await;
    }
}
