use jiff::civil::date;
use kinfold_casework::children_admin::NewChild;
use kinfold_casework::circle::Joining;
use kinfold_casework::record::form_key;
use kinfold_casework::restrict::NewReader;
use kinfold_casework::{Actor, Error};
use kinfold_record::{Event, PersonId};
use kinfold_store::DutyState;

use crate::world::{ADMINISTRATOR, MANAGER, OTHER, TODAY, WORKER, World, id, on_both};

fn joining(person: u128, key_worker: bool) -> Joining {
    Joining {
        role: "social_worker".into(),
        person: Some(PersonId(id(person))),
        name: None,
        key_worker,
        worker_id: None,
        parental_responsibility: None,
        change_reason: None,
        contact: None,
        on: TODAY,
    }
}

async fn seen(world: &World, actor: &Actor) -> i64 {
    world.casework.child_page(actor, world.child).await.unwrap().handle.version
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_key_worker_relieves_the_old_and_what_is_due_goes_along() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let casework = &world.casework;
        let version = seen(&world, &manager).await;
        let key = form_key();
        casework.join_circle(&manager, world.child, version, &key, joining(OTHER, true)).await.unwrap();
        // The same form sent twice changes nothing more.
        casework.join_circle(&manager, world.child, version, &key, joining(OTHER, true)).await.unwrap_err();
        let page = casework.circle_page(&manager, world.child).await.unwrap();
        let key_workers: Vec<_> = page.places.iter().filter(|p| p.member.key_worker).collect();
        assert_eq!(key_workers.len(), 2);
        assert_eq!(page.child.timeline.key_worker_on(TODAY).unwrap().person, Some(PersonId(id(OTHER))));
        assert_eq!(page.gaps, []);
        let mut unit = world.database.store.read().await.unwrap();
        let duties = unit.duties_of(world.child.0).await.unwrap();
        assert!(duties.iter().any(|d| d.owner_person == Some(id(OTHER))));
        assert!(!duties.iter().any(|d| d.state == DutyState::Open && d.owner_person == Some(id(WORKER))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_without_a_key_worker_is_refused_and_writes_nothing() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let casework = &world.casework;
        let page = casework.circle_page(&manager, world.child).await.unwrap();
        let place = page.places.iter().find(|p| p.member.key_worker).unwrap().member.entry;
        let version = page.child.handle.version;
        let refused = casework.leave_circle(&manager, world.child, version, &form_key(), place, TODAY).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        assert_eq!(seen(&world, &manager).await, version);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_record_is_gone_for_all_but_its_readers_and_its_work_reaches_one() {
    on_both(|world: World| async move {
        let (manager, worker) = (world.sign_in(MANAGER).await, world.sign_in(WORKER).await);
        let casework = &world.casework;
        let version = seen(&world, &manager).await;
        let readers = [NewReader { person: PersonId(id(MANAGER)), to_on: None }];
        let nobody =
            casework.restrict(&manager, world.child, version, &form_key(), "Risk".into(), None, &[]).await;
        assert!(matches!(nobody, Err(Error::Invalid(_))));
        casework
            .restrict(
                &manager,
                world.child,
                version,
                &form_key(),
                "Risk".into(),
                Some(date(2027, 3, 1)),
                &readers,
            )
            .await
            .unwrap();
        let token = world.token(WORKER).await;
        let worker_now = casework.actor(&token).await.unwrap();
        for actor in [&worker, &worker_now] {
            assert!(matches!(casework.child_page(actor, world.child).await, Err(Error::Absent)));
        }
        let mut unit = world.database.store.read().await.unwrap();
        let duties = unit.duties_of(world.child.0).await.unwrap();
        drop(unit);
        let open: Vec<_> = duties.iter().filter(|d| d.state == DutyState::Open).collect();
        assert!(!open.is_empty());
        assert!(open.iter().all(|d| d.owner_person == Some(id(MANAGER))), "work on it reaches its reader");
        let last = casework.end_reader(&manager, world.child, PersonId(id(MANAGER))).await;
        assert!(matches!(last, Err(Error::Invalid(_))), "the last reader cannot go");
        let version = seen(&world, &manager).await;
        casework.lift_restriction(&manager, world.child, version, &form_key(), "Over".into()).await.unwrap();
        assert!(casework.child_page(&worker_now, world.child).await.is_ok());
    })
    .await;
}

fn registered(given: &str, family: &str) -> Event {
    Event::ChildRegistered {
        given_name: given.into(),
        family_name: family.into(),
        date_of_birth: date(2015, 3, 9),
        known_as: None,
        sex: None,
        ethnicity: None,
        nhs_number: None,
        upn: None,
        local_id: None,
        first_language: None,
        disabled: None,
    }
}

fn new_child(given: &str) -> NewChild {
    NewChild {
        registered: registered(given, "Ashdown"),
        on: TODAY,
        team: id(2),
        key_worker: PersonId(id(WORKER)),
        role: "social_worker".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_a_child_warns_of_one_the_person_can_find_and_of_no_other() {
    on_both(|world: World| async move {
        let (worker, other) = (world.sign_in(WORKER).await, world.sign_in(OTHER).await);
        let casework = &world.casework;
        let same = casework.same_children(&worker, &registered("robin", "ASHDOWN")).await.unwrap();
        assert_eq!(same.iter().map(|line| line.id).collect::<Vec<_>>(), [world.child.0]);
        assert_eq!(casework.same_children(&other, &registered("Robin", "Ashdown")).await.unwrap(), []);
        assert_eq!(casework.same_children(&worker, &registered("Rowan", "Ashdown")).await.unwrap(), []);
        let key = form_key();
        let first = casework.add_child(&worker, &key, new_child("Rowan")).await.unwrap();
        assert_eq!(
            casework.add_child(&worker, &key, new_child("Rowan")).await.unwrap(),
            first,
            "sent twice, added once"
        );
        let page = casework.circle_page(&worker, first).await.unwrap();
        assert_eq!(page.child.timeline.key_worker_on(TODAY).unwrap().person, Some(PersonId(id(WORKER))));
        let admin = world.sign_in(ADMINISTRATOR).await;
        assert!(matches!(
            casework.add_child(&admin, &form_key(), new_child("Ash")).await,
            Err(Error::Absent)
        ));
        assert!(matches!(casework.candidates(&admin, "Person").await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_given_to_another_team_is_that_teams() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let mut unit = world.database.store.write().await.unwrap();
        let south = kinfold_store::TeamRow {
            id: id(3),
            name: "South".into(),
            agency: id(1),
            parent: None,
            manager: Some(id(OTHER)),
            kind: "care".into(),
            version: 1,
        };
        unit.insert_teams(&[south]).await.unwrap();
        unit.commit().await.unwrap();
        let version = seen(&world, &manager).await;
        let stale = world.casework.allocate(&manager, world.child, version - 1, id(3)).await;
        assert!(matches!(stale, Err(Error::Conflict { .. })));
        world.casework.allocate(&manager, world.child, version, id(3)).await.unwrap();
        assert!(matches!(world.casework.child_page(&manager, world.child).await, Err(Error::Absent)));
        let mut unit = world.database.store.read().await.unwrap();
        assert!(unit.duties_of(world.child.0).await.unwrap().iter().all(|d| d.team == Some(id(3))));
    })
    .await;
}
