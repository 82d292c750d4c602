//! Sessions end when they should, and a planted one is never taken up.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use kinfold_access::Role;
use kinfold_casework::NewEntry;
use kinfold_record::Event;
use serde_json::json;

use crate::support::browser::encode;
use crate::support::{OPEN, OPEN_NAME, PASSWORD, Tie, today};
use crate::{council, page_of, signed_out};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_at_once_when_the_account_is_switched_off() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    assert_eq!(worker.get(&page_of(OPEN)).await.status, StatusCode::OK);
    let mut unit = council.store.write().await.unwrap();
    let mut person = unit.person(council.people[0].id.0).await.unwrap().unwrap();
    person.disabled_at = Some(council.casework.now());
    unit.update_person(&person).await.unwrap();
    unit.commit().await.unwrap();
    assert!(signed_out(&mut worker).await);
    let again = worker
        .ask(
            Method::POST,
            "/sign-in",
            Some(encode(&[("email", &council.people[0].email), ("password", PASSWORD)])),
        )
        .await;
    assert_eq!(again.status, StatusCode::OK, "a switched-off account signs in no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_end_at_once_with_the_role() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    assert_eq!(worker.get(&page_of(OPEN)).await.status, StatusCode::OK);
    let mut unit = council.store.write().await.unwrap();
    let grants = unit.role_grants(council.people[0].id.0).await.unwrap();
    assert!(unit.end_role(grants[0].id, today()).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(worker.get(&page_of(OPEN)).await.status, StatusCode::NOT_FOUND);
    assert!(!worker.get("/").await.body.contains(OPEN_NAME.1), "the child is gone from their work too");
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_end_at_once_with_the_place_in_the_circle() {
    let council = council(&[(Role::ReviewingOfficer, Tie::Circle), (Role::TeamManager, Tie::Managed)]).await;
    let mut officer = council.sign_in(Role::ReviewingOfficer, Tie::Circle).await;
    assert_eq!(officer.get(&page_of(OPEN)).await.status, StatusCode::OK);
    let manager = council.sign_in(Role::TeamManager, Tie::Managed).await;
    let actor = council.casework.actor(&manager.cookies["kinfold_session"]).await.unwrap();
    let version = council.casework.child_page(&actor, OPEN).await.unwrap().handle.version;
    let left: Event = serde_json::from_value(json!({
        "kind": "circle_left", "role": "reviewing_officer", "person": council.people[0].id, "name": council.people[0].name,
    }))
    .unwrap();
    council.casework.record(&actor, OPEN, version, "left", vec![NewEntry::on(today(), left)]).await.unwrap();
    assert_eq!(officer.get(&page_of(OPEN)).await.status, StatusCode::NOT_FOUND);
    assert!(!officer.get("/").await.body.contains(OPEN_NAME.1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_an_hour_without_use_and_after_half_a_day_with_it() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut idle = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    council.later(SignedDuration::from_mins(61));
    assert!(signed_out(&mut idle).await);
    let mut busy = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    for _ in 0..14 {
        council.later(SignedDuration::from_mins(50));
        assert!(!signed_out(&mut busy).await);
    }
    council.later(SignedDuration::from_mins(50));
    assert!(signed_out(&mut busy).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_session_is_never_taken_up() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut victim = council.stranger();
    let planted = "5".repeat(64);
    victim.cookies.insert("kinfold_session".to_owned(), planted.clone());
    victim.cookies.insert("kinfold_step".to_owned(), planted.clone());
    let email = council.people[0].email.clone();
    victim.ask(Method::POST, "/sign-in", Some(encode(&[("email", &email), ("password", PASSWORD)]))).await;
    let half = victim.cookies["kinfold_step"].clone();
    assert_ne!(half, planted);
    // Half a sign-in opens nothing.
    let mut thief = council.stranger();
    thief.cookies.insert("kinfold_session".to_owned(), half.clone());
    assert!(signed_out(&mut thief).await);
    let code = victim.code().await;
    victim.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await;
    let session = victim.cookies["kinfold_session"].clone();
    assert!(session != planted && session != half);
    for token in [planted, half] {
        thief.cookies.insert("kinfold_session".to_owned(), token.clone());
        assert!(signed_out(&mut thief).await);
        thief.cookies.insert("kinfold_step".to_owned(), token);
        let late = thief.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await;
        assert!(late.location().starts_with("/sign-in"), "the first step's token is dead");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_on_the_server() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let token = worker.cookies["kinfold_session"].clone();
    worker.post("/sign-out", &[]).await;
    worker.cookies.insert("kinfold_session".to_owned(), token);
    assert!(signed_out(&mut worker).await);
}
