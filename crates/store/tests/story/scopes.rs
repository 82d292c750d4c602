//! Which children a scope shows, against a second telling of the same rule in plain Rust.

use std::collections::BTreeSet;

use kinfold_store::testing::{TestDatabase, both};
use kinfold_store::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::rows::{at, child, council, day, duty, id};

#[derive(Debug, Clone)]
struct Some1 {
    team: Option<u128>,
    subject: SubjectKind,
    restricted: bool,
    circle: Vec<(u128, i8, Option<i8>)>,
    readers: Vec<(u128, i8, Option<i8>)>,
}

fn spells() -> impl Strategy<Value = Vec<(u128, i8, Option<i8>)>> {
    let one = (10_u128..13, 1_i8..20, proptest::option::of(1_i8..10));
    // At most one spell for each person, so that a reader's primary key holds.
    proptest::collection::vec(one, 0..3).prop_map(|mut all| {
        all.sort_by_key(|(person, ..)| *person);
        all.dedup_by_key(|(person, ..)| *person);
        all.into_iter().map(|(p, from, length)| (p, from, length.map(|n| from + n))).collect()
    })
}

fn children() -> impl Strategy<Value = Vec<Some1>> {
    let subject = prop_oneof![4 => Just(SubjectKind::Child), 1 => Just(SubjectKind::Carer), 1 => Just(SubjectKind::Home)];
    let one = (proptest::option::of(2_u128..4), subject, any::<bool>(), spells(), spells());
    proptest::collection::vec(
        one.prop_map(|(team, subject, restricted, circle, readers)| Some1 {
            team,
            subject,
            restricted,
            circle,
            readers,
        }),
        60,
    )
}

fn scopes() -> impl Strategy<Value = Scope> {
    let teams = proptest::sample::subsequence(vec![id(2), id(3)], 0..=2);
    let glass = proptest::sample::subsequence((100..160).map(id).collect::<Vec<_>>(), 0..4);
    let kinds =
        proptest::sample::subsequence(vec![SubjectKind::Child, SubjectKind::Carer, SubjectKind::Home], 0..3);
    let person = proptest::option::weighted(0.9, 10_u128..13);
    let roles =
        || proptest::sample::subsequence(vec!["social_worker".to_owned(), "parent".to_owned()], 0..=2);
    let places = proptest::option::weighted(0.7, roles());
    let barred = proptest::option::weighted(0.2, roles()).prop_map(Option::unwrap_or_default);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (flags, person, teams, places, barred, 1_i8..29, glass, kinds).prop_map(
        |(
            (everything, own_circle, named, past_restriction, own_restricted),
            person,
            teams,
            places,
            barred,
            today,
            break_glass,
            subjects,
        )| {
            Scope {
                everything,
                person: person.map(id),
                teams,
                own_circle,
                places,
                barred,
                named,
                today: day(today),
                break_glass,
                past_restriction,
                // Nobody here is anybody's young person: it must show nothing more.
                own_restricted,
                subjects,
                also: Vec::new(),
            }
        },
    )
}

fn running(spells: &[(u128, i8, Option<i8>)], scope: &Scope) -> bool {
    spells.iter().any(|(person, from, to)| {
        scope.person == Some(id(*person))
            && day(*from) <= scope.today
            && to.is_none_or(|to| scope.today < day(to))
    })
}

fn visible(n: u128, child: &Some1, scope: &Scope) -> bool {
    within(n, child, scope) || scope.also.iter().any(|other| within(n, child, other))
}

fn within(n: u128, child: &Some1, scope: &Scope) -> bool {
    // Everybody in these circles is there as a social worker.
    let worker = "social_worker".to_owned();
    let opened = scope.break_glass.contains(&id(n));
    let in_circle = running(&child.circle, scope);
    let reached = scope.everything
        || opened
        || child.team.is_some_and(|team| scope.teams.contains(&id(team)))
        || (scope.own_circle
            && in_circle
            && scope.places.as_ref().is_none_or(|places| places.contains(&worker)))
        || (scope.named && child.restricted && running(&child.readers, scope));
    let allowed = !child.restricted || (opened && scope.past_restriction) || running(&child.readers, scope);
    let barred = in_circle && scope.barred.contains(&worker);
    reached && allowed && !barred && (scope.subjects.is_empty() || scope.subjects.contains(&child.subject))
}

async fn fill(db: &TestDatabase, all: &[Some1]) {
    council(&db.store).await;
    let mut unit = db.store.write().await.unwrap();
    for (n, one) in (100..).zip(all) {
        let row = ChildRow {
            team: one.team.map(id),
            subject: one.subject,
            restricted: one.restricted,
            ..child(n, "Kit")
        };
        unit.insert_children(&[row]).await.unwrap();
        unit.insert_terms(&[(id(n), Term { kind: TermKind::Name, term: "kit".to_owned() })]).await.unwrap();
        unit.insert_duties(&[duty(n, "visit", 9)]).await.unwrap();
        for (person, from, to) in &one.circle {
            let place = crate::rows::place(n, *person, "social_worker");
            let place = CircleMemberRow { from_on: day(*from), to_on: to.map(day), ..place };
            unit.insert_circle(&[place]).await.unwrap();
        }
        for (person, from, to) in &one.readers {
            let reader = RestrictedReaderRow {
                child: id(n),
                person: id(*person),
                from_on: day(*from),
                to_on: to.map(day),
                granted_by: None,
            };
            unit.add_restricted_reader(&reader).await.unwrap();
        }
    }
    unit.commit().await.unwrap();
}

#[tokio::test]
async fn a_scope_shows_the_same_children_in_every_list_and_count() {
    let mut runner = TestRunner::deterministic();
    let all = children().new_tree(&mut runner).unwrap().current();
    let mut scopes: Vec<Scope> = (0..60).map(|_| scopes().new_tree(&mut runner).unwrap().current()).collect();
    // Some show what another shows as well.
    let others: Vec<Scope> =
        (0..20).map(|_| self::scopes().new_tree(&mut runner).unwrap().current()).collect();
    for (scope, other) in scopes.iter_mut().zip(others) {
        scope.also.push(other);
    }
    let search = Search {
        words: vec![vec![Probe { kind: TermKind::Name, term: "kit".to_owned(), prefix: false, weight: 1 }]],
        at_least: 0,
    };
    let mut shown = 0;
    for db in both().await {
        fill(&db, &all).await;
        let mut unit = db.store.read().await.unwrap();
        for scope in &scopes {
            let expected: BTreeSet<_> =
                (100..).zip(&all).filter(|(n, c)| visible(*n, c, scope)).map(|(n, _)| id(n)).collect();
            shown += expected.len();
            let list = unit.children(scope, &ChildFilter::default(), Page::first(99)).await.unwrap();
            assert_eq!(
                list.rows.iter().map(|c| c.id).collect::<BTreeSet<_>>(),
                expected,
                "{} {scope:?}",
                db.name
            );
            assert_eq!(list.total as usize, expected.len(), "{} {scope:?}", db.name);
            let found = unit.search(scope, &search, 99).await.unwrap();
            assert_eq!(
                found.iter().map(|f| f.child.id).collect::<BTreeSet<_>>(),
                expected,
                "{} {scope:?}",
                db.name
            );
            let ids: Vec<_> = (90..170).map(id).collect();
            let among = unit.children_among(scope, &ids).await.unwrap();
            assert_eq!(
                among.iter().map(|c| c.id).collect::<BTreeSet<_>>(),
                expected,
                "{} {scope:?}",
                db.name
            );
            let board = unit.board(scope, &BoardFilter::at(at(0))).await.unwrap();
            assert_eq!(board.iter().map(|c| c.duties).sum::<i64>() as usize, expected.len(), "{}", db.name);
            let behind = unit.board_list(scope, &BoardFilter::at(at(0)), Page::first(99)).await.unwrap();
            assert_eq!(
                behind.rows.iter().map(|l| l.duty.child).collect::<BTreeSet<_>>(),
                expected,
                "{}",
                db.name
            );
        }
    }
    assert!(shown > 500, "the scopes show too little to prove anything: {shown}");
}
