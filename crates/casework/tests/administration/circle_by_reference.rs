use jiff::civil::{Date, date};
use kinfold_casework::circle::Gap;
use kinfold_casework::circle_by_reference::{KeyWorker, Placing};
use kinfold_casework::record::form_key;
use kinfold_casework::restrict::NewReader;
use kinfold_casework::{Actor, Error, NewChronology};
use kinfold_record::{ChildId, EntryId, Event, PersonId, Subject};
use kinfold_store::{AuditFilter, DutyState, NewAudit, Page, RoleGrantRow};
use serde_json::json;

use crate::world::{ADMINISTRATOR, MANAGER, OTHER, REVIEWER, TODAY, WORKER, World, id, on_both};

/// The child's reference.
const HERE: &str = "F1";

fn placing(person: u128, role: &str, key_worker: bool, from: Date) -> Placing {
    Placing {
        role: role.into(),
        person: PersonId(id(person)),
        key_worker,
        change_reason: None,
        from,
        to: None,
    }
}

async fn version(world: &World, actor: &Actor) -> i64 {
    world.casework.circle_by_reference(actor, HERE).await.unwrap().version
}

/// Lines of the administrator in the log, newest first.
async fn lines(world: &World) -> Vec<NewAudit> {
    let filter = AuditFilter { person: Some(id(ADMINISTRATOR)), ..AuditFilter::default() };
    let mut unit = world.database.store.read().await.unwrap();
    unit.audit(&filter, Page::first(50)).await.unwrap().rows.into_iter().map(|row| row.line).collect()
}

async fn entries(world: &World) -> usize {
    world.database.store.read().await.unwrap().entries(world.child.0).await.unwrap().len()
}

/// The field that a refusal names.
fn field(answer: Result<(), Error>) -> String {
    match answer {
        Err(Error::Invalid(problems)) => problems.into_iter().next().unwrap().field,
        other => panic!("should be refused as entered, is {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_colleagues_by_reference_and_nothing_else_of_the_child() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let casework = &world.casework;
        let seen = casework.child_page(&manager, world.child).await.unwrap().handle.version;
        let relative = |role: &str, person: Option<u128>, name: &str| kinfold_casework::circle::Joining {
            role: role.into(),
            person: person.map(|n| PersonId(id(n))),
            name: Some(name.into()),
            key_worker: false,
            worker_id: None,
            parental_responsibility: None,
            change_reason: None,
            contact: Some("01632 960123".into()),
            on: TODAY,
        };
        casework
            .join_circle(&manager, world.child, seen, &form_key(), relative("parent", None, "Mo Ashdown"))
            .await
            .unwrap();
        let seen = casework.child_page(&manager, world.child).await.unwrap().handle.version;
        // A foster carer with an account is no colleague.
        casework
            .join_circle(&manager, world.child, seen, &form_key(), relative("foster_carer", Some(OTHER), ""))
            .await
            .unwrap();

        let admin = world.sign_in(ADMINISTRATOR).await;
        assert_eq!(casework.find_circle(&admin, " f1 ").await.unwrap().as_deref(), Some(HERE));
        let circle = casework.circle_by_reference(&admin, HERE).await.unwrap();
        let places: Vec<(&str, &str, bool)> =
            circle.places.iter().map(|p| (p.role.as_str(), p.name.as_str(), p.key_worker)).collect();
        assert_eq!(places, [("social_worker", "Person 11", true), ("reviewing_officer", "Person 14", false)]);
        assert_eq!(circle.key_worker, KeyWorker::Colleague("Person 11".into(), date(2026, 11, 2)));
        assert_eq!((circle.gaps, circle.earliest), (vec![], date(2026, 11, 2)));
        // The record itself stays shut.
        assert!(matches!(casework.child_page(&admin, world.child).await, Err(Error::Absent)));
        assert!(matches!(casework.circle_page(&admin, world.child).await, Err(Error::Absent)));
        assert_eq!(casework.find(&admin, HERE).await.unwrap().children, []);
        // Nobody else has this door.
        for other in [MANAGER, WORKER] {
            let other = world.sign_in(other).await;
            assert!(matches!(casework.find_circle(&other, HERE).await, Err(Error::Absent)));
            assert!(matches!(casework.circle_by_reference(&other, HERE).await, Err(Error::Absent)));
            assert!(matches!(casework.colleagues(&other, "Person").await, Err(Error::Absent)));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_look_by_reference_stands_in_the_log_and_what_was_typed_does_not() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        for nowhere in ["Robin Ashdown", "F2", "", "F1 "] {
            casework.find_circle(&admin, nowhere).await.unwrap();
        }
        casework.circle_by_reference(&admin, HERE).await.unwrap();
        assert!(matches!(casework.circle_by_reference(&admin, "F2").await, Err(Error::Absent)));
        let told: Vec<(String, bool, bool)> = lines(&world)
            .await
            .into_iter()
            .filter(|line| line.action.contains("circle"))
            .inspect(|line| {
                assert!(!line.detail.contains("Robin") && !line.detail.contains("F2"), "{}", line.detail)
            })
            .map(|line| (line.action, line.child.is_some(), line.allowed))
            .rev()
            .collect();
        let told: Vec<(&str, bool, bool)> = told.iter().map(|(a, c, ok)| (a.as_str(), *c, *ok)).collect();
        assert_eq!(
            told,
            [
                ("find_circle", false, true),
                ("find_circle", false, true),
                ("find_circle", false, true),
                ("find_circle", true, true),
                ("view_circle_by_reference", true, true),
                ("view_circle_by_reference", false, false),
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_worker_is_handed_over_by_reference_with_what_is_due() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let (before, seen, key) = (entries(&world).await, version(&world, &admin).await, form_key());
        let hand_over = || placing(OTHER, "social_worker", true, TODAY);
        let worker = world.token(WORKER).await;
        casework.place_colleague(&admin, HERE, seen, &key, hand_over()).await.unwrap();
        // Sent twice, done once, though the record has moved on.
        casework.place_colleague(&admin, HERE, seen, &key, hand_over()).await.unwrap();
        assert_eq!(entries(&world).await, before + 1);
        let stale = casework.place_colleague(&admin, HERE, seen, &form_key(), hand_over()).await;
        assert!(matches!(stale, Err(Error::Conflict { current }) if current == seen + 1));
        let again = casework.place_colleague(&admin, HERE, seen + 1, &form_key(), hand_over()).await;
        assert_eq!(field(again), "person");

        let circle = casework.circle_by_reference(&admin, HERE).await.unwrap();
        assert_eq!(circle.key_worker, KeyWorker::Colleague("Person 12".into(), TODAY));
        let old = circle.places.iter().find(|p| p.name == "Person 11").unwrap();
        assert_eq!((old.to, circle.gaps.as_slice()), (Some(TODAY), &[][..]));
        let mut unit = world.database.store.read().await.unwrap();
        let duties = unit.duties_of(world.child.0).await.unwrap();
        drop(unit);
        let open: Vec<_> = duties.iter().filter(|d| d.state == DutyState::Open).collect();
        assert!(open.iter().any(|d| d.owner_person == Some(id(OTHER))));
        assert!(!open.iter().any(|d| d.owner_person == Some(id(WORKER))));
        // Rights follow at once: the new worker records, the old one has only what the team gives.
        let new = world.sign_in(OTHER).await;
        assert!(casework.child_page(&new, world.child).await.is_ok());
        let old = casework.actor(&worker).await.unwrap();
        let may = casework.child_page(&old, world.child).await.unwrap().handle.may;
        assert!(!may.has(kinfold_casework::Action::ManageCircle));
        // The change has its own line, which the team sees with who looked.
        let arranged: Vec<NewAudit> =
            lines(&world).await.into_iter().filter(|l| l.action == "arrange_circle" && l.allowed).collect();
        assert_eq!(arranged.len(), 1);
        assert_eq!(arranged[0].child, Some(world.child.0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_placed_for_a_time_and_a_place_is_ended() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let seen = version(&world, &admin).await;
        let past = Placing {
            to: Some(date(2026, 11, 20)),
            ..placing(OTHER, "looked_after_nurse", false, date(2026, 11, 9))
        };
        casework.place_colleague(&admin, HERE, seen, &form_key(), past).await.unwrap();
        let circle = casework.circle_by_reference(&admin, HERE).await.unwrap();
        let nurse = circle.places.iter().find(|p| p.role == "looked_after_nurse").unwrap();
        assert_eq!((nurse.from, nurse.to), (date(2026, 11, 9), Some(date(2026, 11, 20))));
        let reviewer = circle.places.iter().find(|p| p.role == "reviewing_officer").unwrap().entry;
        let end = |seen, entry, on| {
            let (admin, key) = (&admin, form_key());
            async move { casework.end_colleague_place(admin, HERE, seen, &key, entry, on).await }
        };
        assert_eq!(field(end(circle.version, reviewer, date(2026, 11, 1)).await), "on");
        assert_eq!(field(end(circle.version, reviewer, date(2026, 12, 2)).await), "on");
        assert_eq!(field(end(circle.version, nurse.entry, TODAY).await), "", "it has ended already");
        let other = end(circle.version, EntryId(id(77)), TODAY).await;
        assert!(matches!(other, Err(Error::Absent)));
        end(circle.version, reviewer, TODAY).await.unwrap();
        let circle = casework.circle_by_reference(&admin, HERE).await.unwrap();
        let reviewer = circle.places.iter().find(|p| p.role == "reviewing_officer").unwrap();
        assert_eq!(reviewer.to, Some(TODAY));
        let gone = world.sign_in(REVIEWER).await;
        assert!(matches!(casework.child_page(&gone, world.child).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_by_reference_too_and_writes_nothing() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let circle = casework.circle_by_reference(&admin, HERE).await.unwrap();
        let key_place = circle.places.iter().find(|p| p.key_worker).unwrap().entry;
        let before = entries(&world).await;
        // No moment without a key worker, neither by ending the place nor by relieving for a while only.
        let seen = circle.version;
        let gap = casework.end_colleague_place(&admin, HERE, seen, &form_key(), key_place, TODAY).await;
        assert_eq!(field(gap), "person");
        let place = |new: Placing| {
            let (admin, key) = (&admin, form_key());
            async move { casework.place_colleague(admin, HERE, seen, &key, new).await }
        };
        let from = date(2026, 11, 9);
        let a_while = Placing { to: Some(date(2026, 11, 12)), ..placing(OTHER, "cover_worker", true, from) };
        assert_eq!(field(place(a_while).await), "person");
        // Not before what is shown: the refusals would tell when the child was born.
        for early in [date(2026, 11, 1), date(2015, 3, 10), date(2015, 3, 8)] {
            assert_eq!(field(place(placing(OTHER, "gp", false, early)).await), "on");
        }
        assert_eq!(field(place(placing(OTHER, "gp", false, date(2026, 12, 2))).await), "on");
        let backwards = Placing { to: Some(from), ..placing(OTHER, "gp", false, from) };
        assert_eq!(field(place(backwards).await), "until");
        // Only places of colleagues, and only people who work with children.
        for role in ["parent", "foster_carer", "young_person", "other", "nonsense"] {
            assert_eq!(field(place(placing(OTHER, role, false, TODAY)).await), "role", "{role}");
        }
        assert_eq!(field(place(placing(OTHER, "gp", true, TODAY)).await), "role");
        assert_eq!(field(place(placing(99, "gp", false, TODAY)).await), "person");
        assert_eq!(entries(&world).await, before);
        assert_eq!(version(&world, &admin).await, seen);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_never_places_themselves_whatever_else_they_are() {
    on_both(|world: World| async move {
        let mut unit = world.database.store.write().await.unwrap();
        let second = RoleGrantRow {
            id: id(126),
            person: id(ADMINISTRATOR),
            role: "social_worker".into(),
            team: None,
            from_on: date(2020, 1, 1),
            to_on: None,
        };
        unit.grant_roles(&[second]).await.unwrap();
        unit.commit().await.unwrap();
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let (before, seen) = (entries(&world).await, version(&world, &admin).await);
        for key_worker in [false, true] {
            let own = placing(ADMINISTRATOR, "social_worker", key_worker, TODAY);
            let refused = casework.place_colleague(&admin, HERE, seen, &form_key(), own).await;
            let Err(Error::Invalid(problems)) = refused else { panic!("{refused:?}") };
            assert!(problems[0].message.starts_with("You cannot place yourself"), "{problems:?}");
        }
        assert_eq!(entries(&world).await, before);
        let tried = lines(&world).await;
        assert_eq!(tried.iter().filter(|l| l.action == "arrange_circle" && !l.allowed).count(), 2);
        // They are not offered either, and the second role opens nothing while they administer.
        let found = casework.colleagues(&admin, "Person").await.unwrap();
        assert!(!found.is_empty() && found.iter().all(|c| c.person != admin.person()));
        assert!(matches!(casework.child_page(&admin, world.child).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_child_looks_like_none_by_reference() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let seen = version(&world, &admin).await;
        let readers = [NewReader { person: PersonId(id(MANAGER)), to_on: None }];
        let restricted = casework
            .restrict(&manager, world.child, seen, &form_key(), "Risk".into(), None, &readers)
            .await
            .unwrap();
        assert_eq!(casework.find_circle(&admin, HERE).await.unwrap(), None);
        assert!(matches!(casework.circle_by_reference(&admin, HERE).await, Err(Error::Absent)));
        let new = placing(OTHER, "social_worker", true, TODAY);
        for version in [seen, restricted.version] {
            let refused = casework.place_colleague(&admin, HERE, version, &form_key(), new.clone()).await;
            assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        }
        // Those who may see who looked learn that somebody tried.
        let tried = lines(&world).await;
        assert!(
            tried.iter().any(|l| l.action == "find_circle" && !l.allowed && l.child == Some(world.child.0))
        );
    })
    .await;
}

/// A child in care with no key worker, whose relative has been in the circle since birth; and a carer's household.
async fn add_more(world: &World) {
    let born = date(2015, 3, 9);
    let (child, carer) = (ChildId(id(101)), ChildId(id(102)));
    let registered = |json: serde_json::Value| serde_json::from_value::<Event>(json).unwrap();
    let children = [
        (
            child,
            Subject::Child,
            "F7",
            vec![
                (
                    born,
                    json!({"kind": "child_registered", "given_name": "Wren", "family_name": "Ashdown", "date_of_birth": born}),
                ),
                (
                    born,
                    json!({"kind": "circle_joined", "role": "relative", "person": id(OTHER), "name": "Person 12"}),
                ),
                (date(2026, 11, 2), json!({"kind": "care_started", "legal_status": "V2"})),
            ],
        ),
        (
            carer,
            Subject::Carer,
            "F8",
            vec![(born, json!({"kind": "carer_registered", "name": "The Marlows"}))],
        ),
    ];
    let mut batch = Vec::new();
    for (n, (id, subject, reference, events)) in (100..).step_by(10).zip(children) {
        let entries = (n..)
            .zip(events)
            .map(|(n, (on, event))| crate::world::entry(n, id, on, registered(event)))
            .collect();
        let (reference, team) = (reference.into(), Some(crate::world::id(2)));
        batch.push(NewChronology {
            id,
            subject,
            reference,
            team,
            entries,
            readers: vec![],
            import_run: None,
        });
    }
    world.casework.add_chronologies(batch).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn time_without_a_key_worker_is_shown_and_can_be_filled() {
    on_both(|world: World| async move {
        add_more(&world).await;
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let circle = casework.circle_by_reference(&admin, "F7").await.unwrap();
        let since = date(2026, 11, 2);
        assert_eq!(circle.gaps, [Gap { from: since, to: None }]);
        assert_eq!((circle.key_worker, circle.places.len()), (KeyWorker::Nobody, 0));
        // The relative has been there since the child was born, which is nobody's business here.
        assert_eq!(circle.earliest, since);
        let new = placing(OTHER, "social_worker", true, since);
        casework.place_colleague(&admin, "F7", circle.version, &form_key(), new).await.unwrap();
        let circle = casework.circle_by_reference(&admin, "F7").await.unwrap();
        assert_eq!(circle.gaps, []);
        assert_eq!(circle.key_worker, KeyWorker::Colleague("Person 12".into(), since));
        assert_eq!(circle.places.len(), 1, "the place as a relative stays out of sight");
        // A carer's household has a reference too, and no circle to be arranged here.
        assert_eq!(casework.find_circle(&admin, "F8").await.unwrap(), None);
        assert!(matches!(casework.circle_by_reference(&admin, "F8").await, Err(Error::Absent)));
    })
    .await;
}
