//! Signing in, and sessions that end when they must.

use jiff::SignedDuration;
use kinfold_casework::secrets::Cost;
use kinfold_casework::{Casework, Clock, Error};
use kinfold_guidance::Guidance;

use crate::world::{PASSWORD, WORKER, id, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once() {
    on_both(|world| async move {
        world.token(WORKER).await;
        let half =
            world.casework.sign_in(&format!("person{WORKER}@fernshire.example"), PASSWORD).await.unwrap();
        let again = world.casework.pass_second_step(&half, &world.code(WORKER)).await;
        assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_opens_nothing() {
    on_both(|world| async move {
        let half =
            world.casework.sign_in(&format!("person{WORKER}@fernshire.example"), PASSWORD).await.unwrap();
        assert!(matches!(world.casework.actor(&half).await, Err(Error::SignedOut)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_stopped_and_does_not_tell_accounts_apart() {
    on_both(|world| async move {
        let known = format!("person{WORKER}@fernshire.example");
        for email in [known.as_str(), "nobody@fernshire.example"] {
            for _ in 0..5 {
                let wrong = world.casework.sign_in(email, "not the password").await;
                assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
            }
            assert!(matches!(world.casework.sign_in(email, PASSWORD).await, Err(Error::TooMany { .. })));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_dies_when_the_account_is_switched_off_and_when_it_is_left_alone() {
    on_both(|world| async move {
        let token = world.token(WORKER).await;
        world.casework.actor(&token).await.unwrap();
        world.clock.set(world.clock.now() + jiff::SignedDuration::from_mins(61));
        assert!(matches!(world.casework.actor(&token).await, Err(Error::SignedOut)));
        let token = world.token(WORKER).await;
        let mut unit = world.database.store.write().await.unwrap();
        let mut person = unit.person(id(WORKER)).await.unwrap().unwrap();
        person.disabled_at = Some(world.clock.now());
        unit.update_person(&person).await.unwrap();
        unit.commit().await.unwrap();
        assert!(matches!(world.casework.actor(&token).await, Err(Error::SignedOut)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_ended_gives_nothing_at_once() {
    on_both(|world| async move {
        let token = world.token(crate::world::MANAGER).await;
        let actor = world.casework.actor(&token).await.unwrap();
        world.casework.child_page(&actor, world.child).await.unwrap();
        let mut unit = world.database.store.write().await.unwrap();
        unit.end_role(id(23), crate::world::TODAY).await.unwrap();
        unit.bump_access_epoch().await.unwrap();
        unit.commit().await.unwrap();
        let actor = world.casework.actor(&token).await.unwrap();
        assert!(matches!(world.casework.child_page(&actor, world.child).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_at_once_is_each_taken_for_themselves_or_for_nobody() {
    on_both(|world| async move {
        let people = [WORKER, crate::world::MANAGER, crate::world::REVIEWER];
        let mut tokens = Vec::new();
        for person in people {
            tokens.push(world.token(person).await);
        }
        tokens.push("nobody's".to_owned());
        let ask = |n: usize| {
            let (casework, token) = (world.casework.clone(), tokens[n % tokens.len()].clone());
            tokio::spawn(async move { (n, casework.actor(&token).await.map(|actor| actor.person().0)) })
        };
        let asking: Vec<_> = (0..200).map(ask).collect();
        for answer in asking {
            let (n, who) = answer.await.unwrap();
            match people.get(n % tokens.len()) {
                Some(person) => assert_eq!(who.unwrap(), id(*person)),
                None => assert!(matches!(who, Err(Error::SignedOut)), "{who:?}"),
            }
        }
        // Whoever signs out is nobody to the next look.
        let actor = world.casework.actor(&tokens[0]).await.unwrap();
        world.casework.sign_out(&actor).await.unwrap();
        assert!(matches!(world.casework.actor(&tokens[0]).await, Err(Error::SignedOut)));
    })
    .await;
}

/// Each server remembers who came by; what the other ends or notes counts all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_server_ends_or_notes_counts_at_once() {
    on_both(|world| async move {
        let (store, keys) = (world.database.store.clone(), world.keys());
        let guidance = Guidance::national().unwrap();
        let there = Casework::open(store, guidance, keys, world.clock.clone(), Cost::Invented).await.unwrap();
        let here = &world.casework;
        let token = world.token(WORKER).await;
        let later = |minutes| world.clock.set(world.clock.now() + SignedDuration::from_mins(minutes));
        let noted = || async {
            let mut unit = world.database.store.read().await.unwrap();
            let sessions = unit.sessions_of(id(WORKER)).await.unwrap();
            sessions.first().unwrap().last_seen_at
        };

        here.actor(&token).await.unwrap();
        for _ in 0..5 {
            later(20);
            there.actor(&token).await.unwrap();
            assert_eq!(noted().await, world.clock.now());
        }
        let last = noted().await;
        later(4);
        let actor = here.actor(&token).await.expect("used elsewhere four minutes ago");
        there.actor(&token).await.unwrap();
        assert_eq!(noted().await, last, "seen lately enough: nothing is written");

        there.sign_out(&actor).await.unwrap();
        assert!(matches!(here.actor(&token).await, Err(Error::SignedOut)));
    })
    .await;
}
