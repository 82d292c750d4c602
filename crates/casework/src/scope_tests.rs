//! The rights of lists (SQL) and the rights to one record (policies) agree on every row, for invented authorities on
//! both databases. Two rules that drifted apart would leak.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use kinfold_access::{Action, Code, Role};
use kinfold_guidance::Guidance;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId};
use kinfold_store::testing::{TestDatabase, both};
use kinfold_store::{BreakGlassRow, ChildFilter, RestrictedReaderRow, SessionRow};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::*;
use crate::founding::{Founding, NewAgency, NewPerson, NewTeam, found};
use crate::secrets::token_hash;
use crate::{Clock, Cost, FixedClock, Keys, NewChronology};

const PEOPLE: usize = 10;
const RECORDS: usize = 40;
const TEAMS: usize = 3;
const TODAY: Date = date(2026, 11, 23);

#[derive(Debug, Clone)]
struct OnePerson {
    roles: Vec<(Role, Option<usize>)>,
    teams: Vec<usize>,
}

#[derive(Debug, Clone)]
struct OneRecord {
    subject: Subject,
    team: Option<usize>,
    restricted: bool,
    /// Who, in which place, and whether they have left.
    circle: Vec<(usize, CircleRole, bool)>,
    /// Named readers, and whether their naming has ended.
    readers: Vec<(usize, bool)>,
    /// Emergency openings, and whether they have ended.
    openings: Vec<(usize, bool)>,
}

fn people() -> impl Strategy<Value = Vec<OnePerson>> {
    let team = || proptest::option::weighted(0.5, 0..TEAMS);
    let role = (proptest::sample::select(Role::ALL), team());
    let teams = proptest::sample::subsequence((0..TEAMS).collect::<Vec<_>>(), 0..=1);
    let one =
        (proptest::collection::vec(role, 1..3), teams).prop_map(|(roles, teams)| OnePerson { roles, teams });
    proptest::collection::vec(one, PEOPLE)
}

fn records() -> impl Strategy<Value = Vec<OneRecord>> {
    let subject = prop_oneof![6 => Just(Subject::Child), 1 => Just(Subject::Carer), 1 => Just(Subject::Home)];
    let circle = proptest::collection::vec(
        (0..PEOPLE, proptest::sample::select(CircleRole::ALL), proptest::bool::weighted(0.2)),
        0..8,
    );
    let few = || {
        proptest::collection::vec((0..PEOPLE, proptest::bool::weighted(0.2)), 0..5).prop_map(|mut all| {
            all.sort_unstable();
            all.dedup_by_key(|(person, _)| *person);
            all
        })
    };
    let team = proptest::option::weighted(0.9, 0..TEAMS);
    let one = (subject, team, proptest::bool::weighted(0.4), circle, few(), few()).prop_map(
        |(subject, team, restricted, circle, readers, openings)| OneRecord {
            subject,
            team,
            restricted,
            circle,
            readers,
            openings,
        },
    );
    proptest::collection::vec(one, RECORDS)
}

fn person_id(n: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x1_0000 + n as u128)
}

fn team_id(n: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x2_0000 + n as u128)
}

fn record_id(n: usize) -> ChildId {
    ChildId(uuid::Uuid::from_u128(0x3_0000 + n as u128))
}

fn chronology(n: usize, one: &OneRecord) -> NewChronology {
    let child = record_id(n);
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |on: Date, event: serde_json::Value| {
        let number = entries.len();
        entries.push(Entry {
            id: EntryId(uuid::Uuid::from_u128(0x4_0000_0000 + ((n as u128) << 16) + number as u128)),
            child,
            happened_on: on,
            happened_at: None,
            recorded_at: "2026-01-10T10:00:00Z".parse::<Timestamp>().unwrap()
                + SignedDuration::from_secs(number as i64),
            recorded_by: None,
            source: Some("test".to_owned()),
            about: Vec::new(),
            sensitivity: Default::default(),
            replaces: None,
            event: serde_json::from_value::<Event>(event).unwrap(),
        });
    };
    if one.subject == Subject::Child {
        add(
            date(2015, 3, 9),
            json!({"kind": "child_registered", "given_name": "Kit", "family_name": format!("Number{n}"), "date_of_birth": "2015-03-09"}),
        );
    }
    for (person, place, left) in &one.circle {
        add(
            date(2025, 2, 3),
            json!({"kind": "circle_joined", "role": place.as_str(), "person": PersonId(person_id(*person))}),
        );
        if *left {
            add(
                date(2025, 8, 3),
                json!({"kind": "circle_left", "role": place.as_str(), "person": PersonId(person_id(*person))}),
            );
        }
    }
    if one.restricted {
        add(date(2026, 1, 6), json!({"kind": "restricted", "reason": "For a test."}));
    }
    NewChronology {
        id: child,
        subject: one.subject,
        reference: format!("T{n}"),
        team: one.team.map(team_id),
        entries,
        readers: Vec::new(),
        import_run: None,
    }
}

/// An authority with these people and records, and a signed-in session of everybody.
async fn authority(database: &TestDatabase, people: &[OnePerson], records: &[OneRecord]) -> Casework {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::new("2026-11-23T09:30:00Z".parse().unwrap()));
    let keys = Keys::generate();
    let from = date(2020, 1, 1);
    let agency = uuid::Uuid::from_u128(0x1);
    let team = |n: usize| NewTeam {
        id: team_id(n),
        agency,
        name: format!("Team {n}"),
        kind: "care".to_owned(),
        manager: None,
    };
    let founding = Founding {
        authority: "Fernshire".to_owned(),
        address: "http://127.0.0.1".to_owned(),
        authority_code: None,
        demo: true,
        agencies: vec![NewAgency { id: agency, name: "Fernshire".to_owned(), kind: "council".to_owned() }],
        teams: (0..TEAMS).map(team).collect(),
        people: people
            .iter()
            .enumerate()
            .map(|(n, one)| NewPerson {
                id: person_id(n),
                name: format!("Person {n}"),
                email: format!("person{n}@fernshire.example"),
                password: None,
                enrolled: false,
                roles: one
                    .roles
                    .iter()
                    .map(|(role, team)| (role.as_str().to_owned(), team.map(team_id), from, None))
                    .collect(),
                teams: one.teams.iter().map(|team| (team_id(*team), from, None)).collect(),
            })
            .collect(),
    };
    found(&database.store, &keys, &*clock, Cost::Invented, founding).await.unwrap();
    let guidance = Guidance::national().unwrap();
    let casework =
        Casework::open(database.store.clone(), guidance, keys, clock, Cost::Invented).await.unwrap();
    casework
        .add_chronologies(records.iter().enumerate().map(|(n, one)| chronology(n, one)).collect())
        .await
        .unwrap();
    let now = casework.now();
    let mut unit = database.store.write().await.unwrap();
    for (n, one) in records.iter().enumerate() {
        let child = record_id(n).0;
        for (person, ended) in &one.readers {
            let to_on = ended.then_some(date(2026, 6, 1));
            let row = RestrictedReaderRow {
                child,
                person: person_id(*person),
                from_on: from,
                to_on,
                granted_by: None,
            };
            unit.add_restricted_reader(&row).await.unwrap();
        }
        for (person, ended) in &one.openings {
            let row = BreakGlassRow {
                id: uuid::Uuid::from_u128(0x5_0000_0000 + ((n as u128) << 16) + *person as u128),
                person: person_id(*person),
                child,
                reason: "For a test of both rights.".to_owned(),
                from_at: now - SignedDuration::from_hours(2),
                until_at: if *ended {
                    now - SignedDuration::from_hours(1)
                } else {
                    now + SignedDuration::from_hours(2)
                },
                reviewed_by: None,
                reviewed_at: None,
                outcome: None,
            };
            unit.insert_break_glass(&row).await.unwrap();
        }
    }
    for n in 0..people.len() {
        let row = SessionRow {
            token_hash: token_hash(&format!("token {n}")).to_vec(),
            person: person_id(n),
            created_at: now,
            last_seen_at: now,
            expires_at: now + SignedDuration::from_hours(1),
            reauthenticated_at: None,
            second_factor: true,
            csrf: vec![0; 32],
        };
        unit.insert_session(&row).await.unwrap();
    }
    unit.commit().await.unwrap();
    assert_eq!(casework.today(), TODAY);
    casework
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_policies_agree_on_every_record() {
    let mut runner = TestRunner::deterministic();
    let (mut shown, mut kept_back) = (0, 0);
    for _ in 0..2 {
        let people = people().new_tree(&mut runner).unwrap().current();
        let records = records().new_tree(&mut runner).unwrap().current();
        for database in both().await {
            let casework = authority(&database, &people, &records).await;
            for (n, person) in people.iter().enumerate() {
                let actor = casework.actor(&format!("token {n}")).await.unwrap();
                let mut unit = database.store.read().await.unwrap();
                for subject in [Subject::Child, Subject::Carer, Subject::Home] {
                    let scope = casework.scope(&actor, subject);
                    let listed =
                        unit.children(&scope, &ChildFilter::default(), Page::first(1000)).await.unwrap();
                    let listed: BTreeSet<_> = listed.rows.into_iter().map(|row| row.reference).collect();
                    let mut found = BTreeSet::new();
                    for (at, _) in records.iter().enumerate().filter(|(_, r)| r.subject == subject) {
                        let looked = casework.look(&mut *unit, &actor, record_id(at)).await.unwrap();
                        if looked.handle.may.has(Action::FindChild) {
                            found.insert(looked.handle.reference);
                        } else {
                            kept_back += 1;
                        }
                    }
                    shown += found.len();
                    let differ: Vec<_> = listed
                        .symmetric_difference(&found)
                        .map(|reference| {
                            let at: usize = reference[1..].parse().unwrap();
                            (
                                reference,
                                if listed.contains(reference) { "listed only" } else { "opened only" },
                                &records[at],
                            )
                        })
                        .collect();
                    assert!(differ.is_empty(), "{}: person {n} {person:?}: {differ:#?}", database.name);
                }
            }
        }
    }
    assert!(
        shown > 100 && kept_back > 100,
        "too little is shown ({shown}) or kept back ({kept_back}) to prove anything"
    );
}
