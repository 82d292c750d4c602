//! An authority of two teams, the people above them, and four children, one of them restricted.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_casework::bulk::NewChronology;
use kinfold_casework::{Actor, Casework, Clock, Cost, FixedClock, Keys, secrets};
use kinfold_guidance::{Guidance, Layer, LayerName};
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};
use kinfold_store::testing::TestDatabase;
use kinfold_store::{AgencyRow, NoticeRow, Page, PersonRow, RoleGrantRow, TeamRow};
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery";
pub const TODAY: Date = date(2026, 12, 1);
const CARE_STARTED: Date = date(2026, 11, 2);

pub const WORKER: u128 = 11;
pub const MANAGER: u128 = 13;
pub const REVIEWER: u128 = 14;
pub const ADMINISTRATOR: u128 = 15;
pub const SOUTH_MANAGER: u128 = 16;
pub const HEAD: u128 = 17;
pub const DIRECTOR: u128 = 18;
pub const COUNCILLOR: u128 = 19;
pub const NURSE: u128 = 20;
pub const READER: u128 = 22;
pub const CLERK: u128 = 23;
pub const LEAD: u128 = 24;
pub const YOUNG: u128 = 25;
pub const OTHER_YOUNG: u128 = 26;
pub const ANALYST: u128 = 27;

pub const NORTH: u128 = 2;
pub const SOUTH: u128 = 3;

/// Robin is in the north, Katherine, Zoë and the restricted Wren in the south.
pub const ROBIN: u128 = 100;
pub const KATHERINE: u128 = 101;
pub const ZOE: u128 = 102;
pub const WREN: u128 = 103;

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub struct World {
    pub database: TestDatabase,
    pub casework: Casework,
    pub clock: Arc<FixedClock>,
    keys: Keys,
}

/// Noon in England on a winter day.
pub fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp()
}

pub struct NewChild {
    pub n: u128,
    pub given: &'static str,
    pub family: &'static str,
    pub known_as: Option<&'static str>,
    pub born: Date,
    pub team: u128,
    pub reference: &'static str,
    pub numbers: [Option<&'static str>; 3],
    pub restricted: bool,
}

pub const CHILDREN: [NewChild; 4] = [
    NewChild {
        n: ROBIN,
        given: "Robin",
        family: "Ashdown",
        known_as: None,
        born: date(2015, 3, 9),
        team: NORTH,
        reference: "F-101",
        numbers: [Some("4857773456"), Some("A123456789012"), Some("L0042")],
        restricted: false,
    },
    NewChild {
        n: KATHERINE,
        given: "Katherine",
        family: "O’Brien",
        known_as: Some("Kitty"),
        born: date(2009, 3, 4),
        team: SOUTH,
        reference: "F-102",
        numbers: [None; 3],
        restricted: false,
    },
    NewChild {
        n: ZOE,
        given: "Zoë",
        family: "Łoś-Smith",
        known_as: None,
        born: date(2024, 6, 30),
        team: SOUTH,
        reference: "F-103",
        numbers: [None; 3],
        restricted: false,
    },
    NewChild {
        n: WREN,
        given: "Wren",
        family: "Hidden",
        known_as: None,
        born: date(2012, 1, 1),
        team: SOUTH,
        reference: "F-104",
        numbers: [None; 3],
        restricted: true,
    },
];

impl World {
    pub async fn new(database: TestDatabase) -> Self {
        Self::with_files(database, &[]).await
    }

    /// The same, where the council has guidance of its own: path and text of each file.
    pub async fn with_files(database: TestDatabase, files: &[(&str, String)]) -> Self {
        // The children come, and their readers are named, on the day care starts.
        let clock = Arc::new(FixedClock::new(noon(CARE_STARTED)));
        let keys = Keys::generate();
        let mut unit = database.store.write().await.unwrap();
        unit.set_setting("authority", "Fernshire County Council").await.unwrap();
        unit.set_setting("address", "https://kinfold.fernshire.example").await.unwrap();
        unit.insert_agencies(&[AgencyRow {
            id: id(1),
            name: "Fernshire".into(),
            kind: "authority".into(),
            version: 1,
        }])
        .await
        .unwrap();
        let hash = secrets::hash_password(PASSWORD, Cost::Invented).unwrap();
        let all = [
            WORKER,
            MANAGER,
            REVIEWER,
            ADMINISTRATOR,
            SOUTH_MANAGER,
            HEAD,
            DIRECTOR,
            COUNCILLOR,
            NURSE,
            READER,
            CLERK,
            LEAD,
            YOUNG,
            OTHER_YOUNG,
            ANALYST,
        ];
        let people: Vec<PersonRow> = all
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
        let team = |n: u128, name: &str, manager: u128| TeamRow {
            id: id(n),
            name: name.into(),
            agency: id(1),
            parent: None,
            manager: Some(id(manager)),
            kind: "care".into(),
            version: 1,
        };
        unit.insert_teams(&[team(NORTH, "North", MANAGER), team(SOUTH, "South", SOUTH_MANAGER)])
            .await
            .unwrap();
        let grant = |n: u128, person: u128, role: &str, team: Option<u128>| RoleGrantRow {
            id: id(n),
            person: id(person),
            role: role.into(),
            team: team.map(id),
            from_on: date(2020, 1, 1),
            to_on: None,
        };
        unit.grant_roles(&[
            grant(31, WORKER, "social_worker", Some(NORTH)),
            grant(32, MANAGER, "team_manager", Some(NORTH)),
            grant(33, REVIEWER, "reviewing_officer", None),
            grant(34, ADMINISTRATOR, "administrator", None),
            grant(35, SOUTH_MANAGER, "team_manager", Some(SOUTH)),
            grant(36, HEAD, "head_of_service", None),
            grant(37, DIRECTOR, "director", None),
            grant(38, COUNCILLOR, "councillor", None),
            grant(39, NURSE, "designated_nurse", None),
            grant(40, READER, "social_worker", Some(SOUTH)),
            grant(41, CLERK, "panel_clerk", None),
            grant(42, LEAD, "partnership_lead", None),
            grant(43, YOUNG, "young_person", None),
            grant(44, OTHER_YOUNG, "young_person", None),
            grant(45, ANALYST, "data_analyst", None),
        ])
        .await
        .unwrap();
        unit.commit().await.unwrap();
        let casework = served(&database, &keys, &clock, files).await;
        let world = Self { database, casework, clock, keys };
        for child in &CHILDREN {
            world.add(child).await;
        }
        world.wake_on(TODAY).await;
        world
    }

    /// The same database, served again by a program that found this in the council's own folder.
    pub async fn served_again(&self, files: &[(&str, String)]) -> Casework {
        served(&self.database, &self.keys, &self.clock, files).await
    }

    pub async fn add(&self, new: &NewChild) {
        let child = ChildId(id(new.n));
        let on = CARE_STARTED;
        let text = |at: usize| new.numbers[at].map(Into::into);
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
        let worker = if new.team == NORTH { WORKER } else { READER };
        let mut events = vec![
            (
                date(2026, 11, 1),
                Event::ChildRegistered {
                    given_name: new.given.into(),
                    family_name: new.family.into(),
                    date_of_birth: new.born,
                    known_as: new.known_as.map(Into::into),
                    sex: None,
                    ethnicity: None,
                    nhs_number: text(0),
                    upn: text(1),
                    local_id: text(2),
                    first_language: None,
                    disabled: None,
                },
            ),
            (
                on,
                Event::CareStarted {
                    legal_status: "V2".into(),
                    category_of_need: Some("N1".into()),
                    home_postcode: None,
                    planned: Some(true),
                },
            ),
            (on, joined("social_worker", worker, true)),
            (on, joined("reviewing_officer", REVIEWER, false)),
        ];
        if new.restricted {
            events.push((
                on,
                Event::Restricted { reason: Some("At risk of being found".into()), review_on: None },
            ));
        }
        let entries: Vec<Entry> = (0_u128..)
            .zip(events)
            .map(|(i, (on, event))| Entry {
                id: EntryId(id(10_000 + new.n * 100 + i)),
                child,
                happened_on: on,
                happened_at: None,
                recorded_at: noon(on),
                recorded_by: Some(PersonId(id(worker))),
                source: None,
                about: Vec::new(),
                sensitivity: Default::default(),
                replaces: None,
                event,
            })
            .collect();
        let readers = if new.restricted { vec![PersonId(id(READER))] } else { Vec::new() };
        let new = NewChronology {
            id: child,
            subject: Subject::Child,
            reference: new.reference.into(),
            team: Some(id(new.team)),
            entries,
            readers,
            import_run: None,
        };
        self.casework.add_chronologies(vec![new]).await.unwrap();
    }

    /// Signs somebody in with both steps. The clock moves half a minute, since a code is good once.
    pub async fn sign_in(&self, person: u128) -> Actor {
        self.casework.actor(&self.token(person).await).await.unwrap()
    }

    pub async fn token(&self, person: u128) -> String {
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_secs(31));
        let half =
            self.casework.sign_in(&format!("person{person}@fernshire.example"), PASSWORD).await.unwrap();
        let at = u64::try_from(self.clock.now().as_second()).unwrap();
        self.casework.pass_second_step(&half, &secrets::totp_code(&[7; 20], at).unwrap()).await.unwrap()
    }

    /// Goes to noon of a day and brings the duties up to date, as the server does.
    pub async fn wake_on(&self, day: Date) {
        self.clock.set(noon(day));
        self.casework.refresh_due().await.unwrap();
    }

    /// The notices of a person, newest first, as stored.
    pub async fn notices(&self, person: u128) -> Vec<NoticeRow> {
        let mut unit = self.database.store.glance().await.unwrap();
        unit.notices_of(id(person), false, Page::first(1000)).await.unwrap().rows
    }

    /// The last lines of the log: action and detail, newest last.
    pub async fn log(&self) -> Vec<(String, String)> {
        let mut unit = self.database.store.glance().await.unwrap();
        let size = unit.audit_size().await.unwrap();
        let rows = unit.audit_rows(0, size).await.unwrap();
        rows.into_iter().map(|row| (row.line.action, row.line.detail)).collect()
    }
}

/// The program on a database, with the national guidance and a council's own files.
async fn served(
    database: &TestDatabase,
    keys: &Keys,
    clock: &Arc<FixedClock>,
    files: &[(&str, String)],
) -> Casework {
    let own = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone()));
    let own = Layer::from_texts(LayerName::Local("fernshire".to_owned()), own);
    let guidance = Guidance::load(&[Layer::national(), own]).unwrap();
    let clock: Arc<dyn Clock> = clock.clone();
    Casework::open(database.store.clone(), guidance, keys.clone(), clock, Cost::Invented).await.unwrap()
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

/// The same, where the council has guidance of its own.
pub async fn on_both_with<F, Fut>(files: Vec<(&str, String)>, story: F)
where
    F: Fn(World) -> Fut,
    Fut: Future<Output = ()>,
{
    for database in kinfold_store::testing::both().await {
        println!("on {}", database.name);
        story(World::with_files(database, &files).await).await;
    }
}
