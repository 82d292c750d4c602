//! A page is taken from the shelf only while it would come out the same again, by the session it was made for.

use std::sync::Arc;

use jiff::SignedDuration;
use kinfold_casework::shelf::Shown;
use kinfold_casework::{Actor, Clock, NewEntry};
use kinfold_record::Event;

use crate::world::{OTHER, REVIEWER, TODAY, WORKER, World, on_both};

async fn open_and_keep(world: &World, token: &str) {
    let actor = world.casework.actor(token).await.unwrap();
    let page = world.casework.child_page(&actor, world.child).await.unwrap();
    world.casework.keep_child(&actor, &page, String::new(), Arc::from(&b"as it was shown"[..]));
}

async fn again(world: &World, token: &str) -> Option<Arc<[u8]>> {
    let actor: Actor = world.casework.actor(token).await.unwrap();
    world.casework.shown_before(&actor, &Shown::Child(world.child, String::new())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_shown_again_to_the_same_session_and_logged_each_time() {
    on_both(|world| async move {
        let (worker, reviewer) = (world.token(WORKER).await, world.token(REVIEWER).await);
        open_and_keep(&world, &worker).await;
        let before = world.log_size().await;
        assert_eq!(again(&world, &worker).await.as_deref(), Some(&b"as it was shown"[..]));
        assert_eq!(world.log_size().await, before + 1, "a look is a look");
        assert!(again(&world, &reviewer).await.is_none(), "another session has a shelf of its own");
        let actor = world.casework.actor(&worker).await.unwrap();
        let otherwise = Shown::Child(world.child, "care".to_owned());
        assert!(world.casework.shown_before(&actor, &otherwise).await.unwrap().is_none(), "drawn otherwise");
        assert!(world.casework.shown_before(&actor, &Shown::Work).await.unwrap().is_none(), "another page");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_changes_takes_pages_off_the_shelf() {
    on_both(|world| async move {
        let (worker, reviewer) = (world.token(WORKER).await, world.token(REVIEWER).await);
        // Somebody records something.
        open_and_keep(&world, &worker).await;
        let actor = world.casework.actor(&reviewer).await.unwrap();
        let seen = world.casework.child_page(&actor, world.child).await.unwrap().handle.version;
        let note = Event::Note { text: "Rang the school.".into(), topic: None };
        world.casework.record(&actor, world.child, seen, "k", vec![NewEntry::on(TODAY, note)]).await.unwrap();
        assert!(again(&world, &worker).await.is_none());
        // Somebody's rights change: a sign-in is enough.
        open_and_keep(&world, &worker).await;
        world.token(OTHER).await;
        assert!(again(&world, &worker).await.is_none());
        // Reading changes nothing.
        open_and_keep(&world, &worker).await;
        let actor = world.casework.actor(&reviewer).await.unwrap();
        world.casework.child_page(&actor, world.child).await.unwrap();
        assert!(again(&world, &worker).await.is_some());
        // A minute goes by: something may be late by the hour.
        world.clock.set(world.clock.now() + SignedDuration::from_secs(61));
        assert!(again(&world, &worker).await.is_none());
    })
    .await;
}
