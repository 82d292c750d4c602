//! The calendar link: what it gives, and all the ways it stops.

use jiff::civil::date;
use kinfold_casework::Error;
use kinfold_store::Page;

use crate::world::{COUNCILLOR, REVIEWER, World, id, noon, on_both};

async fn absent(world: &World, token: &str) -> bool {
    matches!(world.casework.feed(token).await, Err(Error::Absent))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_gives_duties_without_names_until_it_is_stopped() {
    on_both(|world| async move {
        let reviewer = world.sign_in(REVIEWER).await;
        assert_eq!(world.casework.feed_state(&reviewer).await.unwrap(), None);
        let first = world.casework.make_feed(&reviewer).await.unwrap();
        let duties = world.casework.feed(&first).await.unwrap().duties;
        assert!(duties.iter().any(|d| d.title == "First review"
            && d.reference == "F-101"
            && d.due_on == date(2026, 11, 30)
            && d.late));
        assert!(
            duties.iter().all(|d| d.reference != "F-104"),
            "a restricted child is not in the feed of somebody not named"
        );
        let again = world.casework.feed(&first).await.unwrap().duties;
        assert_eq!(duties, again, "an event keeps its id from one reading to the next");
        // A new link ends the old one, and only its hash is kept.
        let second = world.casework.make_feed(&reviewer).await.unwrap();
        assert!(absent(&world, &first).await);
        assert!(world.casework.feed(&second).await.is_ok());
        let kept = world.database.store.glance().await.unwrap().feeds_of(id(REVIEWER)).await.unwrap();
        assert!(kept.iter().all(|feed| feed.token_hash != second.as_bytes()));
        assert!(world.casework.revoke_feed(&reviewer).await.unwrap());
        assert!(absent(&world, &second).await);
        assert!(!world.casework.revoke_feed(&reviewer).await.unwrap());
        assert!(absent(&world, "no such token").await);
        assert!(absent(&world, "").await);
        let log = world.log().await;
        let steps: Vec<_> = log.iter().filter(|(action, _)| action == "calendar_feed").collect();
        assert!(steps.len() >= 6, "making, reading and stopping are in the log");
        assert!(steps.iter().all(|(_, detail)| !detail.contains(&second)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_with_its_account_and_with_its_roles() {
    on_both(|world| async move {
        let reviewer = world.sign_in(REVIEWER).await;
        let token = world.casework.make_feed(&reviewer).await.unwrap();
        let mut unit = world.database.store.write().await.unwrap();
        let mut person = unit.person(id(REVIEWER)).await.unwrap().unwrap();
        person.disabled_at = Some(noon(date(2026, 12, 1)));
        person.version = unit.update_person(&person).await.unwrap();
        unit.commit().await.unwrap();
        assert!(absent(&world, &token).await);
        let mut unit = world.database.store.write().await.unwrap();
        person.disabled_at = None;
        unit.update_person(&person).await.unwrap();
        unit.commit().await.unwrap();
        assert!(world.casework.feed(&token).await.is_ok());
        let mut unit = world.database.store.write().await.unwrap();
        let grant = unit.role_grants(id(REVIEWER)).await.unwrap()[0].id;
        unit.end_role(grant, date(2026, 12, 1)).await.unwrap();
        unit.commit().await.unwrap();
        assert!(absent(&world, &token).await, "without a role there are no duties of one’s own");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_councillor_has_no_link_and_a_runaway_calendar_waits() {
    on_both(|world| async move {
        let councillor = world.sign_in(COUNCILLOR).await;
        assert!(matches!(world.casework.make_feed(&councillor).await, Err(Error::Absent)));
        let reviewer = world.sign_in(REVIEWER).await;
        let token = world.casework.make_feed(&reviewer).await.unwrap();
        let mut waited = false;
        for _ in 0..100 {
            waited |= matches!(world.casework.feed(&token).await, Err(Error::TooMany { .. }));
        }
        assert!(waited);
        let unit = &mut *world.database.store.glance().await.unwrap();
        assert!(unit.notices_of(id(REVIEWER), false, Page::first(1)).await.unwrap().rows.is_empty());
    })
    .await;
}
