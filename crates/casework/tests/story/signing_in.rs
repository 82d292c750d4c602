//! Signing in, and sessions that end when they must.

use kinfold_casework::{Clock, Error};

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
