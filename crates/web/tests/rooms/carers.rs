//! The carer's space through the real router: nothing opens before the undertaking is signed, what was typed is never lost,
//! and only those who answer for the home read a note before it is taken in.

use crate::support::people::someone;
use crate::support::{Council, OPEN, OPEN_NAME, Tie, today};
use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_casework::record::NewEntry;
use kinfold_store::testing;
use serde_json::json;

const BASE: &str = "/caring/01900000-0000-7000-8000-00000000c001";

fn people() -> Vec<crate::support::Someone> {
    vec![
        someone(Role::FosterCarer, Tie::Nobody),
        someone(Role::FosterCarer, Tie::Circle),
        someone(Role::SocialWorker, Tie::Circle),
        someone(Role::ReviewingOfficer, Tie::Circle),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_carer_reads_nothing_before_they_have_signed() {
    assert_eq!(BASE, format!("/caring/{OPEN}"));
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let newcomer = council.person(Role::FosterCarer, Tie::Nobody).clone();
    let mut browser = council.as_person(&newcomer).await;
    assert_eq!(browser.get(BASE).await.status, StatusCode::NOT_FOUND, "no carer of this child yet");
    let worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let actor = council.casework.actor(&worker.cookies["kinfold_session"]).await.unwrap();
    let event = json!({"kind": "circle_joined", "role": "foster_carer", "person": newcomer.id, "name": newcomer.name});
    let new = vec![NewEntry::on(today(), serde_json::from_value(event).unwrap())];
    let seen = council.casework.child_page(&actor, OPEN).await.unwrap().handle.version;
    council.casework.record(&actor, OPEN, seen, "joins", new).await.unwrap();
    // A code is good once.
    council.later(jiff::SignedDuration::from_secs(31));
    let mut browser = council.as_person(&newcomer).await;
    for path in ["", "/log", "/questions", "/decisions"] {
        assert_eq!(
            browser.get(&format!("{BASE}{path}")).await.location(),
            format!("{BASE}/undertaking"),
            "{path}"
        );
    }
    for path in ["", "/chronology", "/health", "/reviews", "/circle"] {
        let answer = browser.get(&format!("/children/{OPEN}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = browser.get(&format!("{BASE}/undertaking")).await;
    assert!(
        page.body.contains(OPEN_NAME.0) && !page.body.contains(OPEN_NAME.1) && !page.body.contains("heron")
    );
    let (words, version) = (page.field("words"), page.field("version"));
    let unsigned =
        browser.post(&format!("{BASE}/undertaking"), &[("words", &words), ("version", &version)]).await;
    assert_eq!(unsigned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let all = [("words", words.as_str()), ("version", &version), ("promised", "yes"), ("name", "New Carer")];
    assert_eq!(browser.post(&format!("{BASE}/undertaking"), &all).await.location(), BASE);
    let page = browser.get(BASE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Not known. Nobody has written down whether there are any."));
    assert!(!page.body.contains("Marl Way"), "a confidential address is in no page of theirs: {}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_never_lost_and_a_note_is_saved_once() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let mut carer = council.sign_in(Role::FosterCarer, Tie::Circle).await;
    assert_eq!(carer.get("/").await.location(), "/caring");
    let log = format!("{BASE}/log");
    let key = carer.get(&log).await.field("key");
    let day = [("day-day", "31"), ("day-month", "2"), ("day-year", "2026")];
    let typed = [
        ("key", key.as_str()),
        ("topic", "day"),
        ("text", "The weir was high today."),
        day[0],
        day[1],
        day[2],
    ];
    let answer = carer.post(&log, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "31 February");
    assert!(answer.body.contains("The weir was high today."));
    council.later(jiff::SignedDuration::from_secs(31));
    let mut later = council.sign_in(Role::FosterCarer, Tie::Circle).await;
    assert!(later.get(&log).await.body.contains("The weir was high today."), "kept on the server");
    let long = "word ".repeat(400_000);
    let now = [("day-day", "23"), ("day-month", "11"), ("day-year", "2026")];
    let huge = [("key", key.as_str()), ("topic", "day"), ("text", long.as_str()), now[0], now[1], now[2]];
    let answer = carer.post(&log, &huge).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "two megabytes");
    assert!(answer.body.contains("Make two notes of it") && answer.body.contains("word word word"));
    let fine = [
        ("key", key.as_str()),
        ("topic", "day"),
        ("text", "The weir was high today."),
        now[0],
        now[1],
        now[2],
    ];
    for _ in 0..2 {
        assert_eq!(carer.post(&log, &fine).await.status, StatusCode::SEE_OTHER);
    }
    let page = carer.get(&log).await;
    assert_eq!(page.body.matches("The weir was high today.").count(), 1, "saved once: {}", page.body);
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let desk = worker.get(&format!("/children/{OPEN}/carers")).await;
    assert!(desk.body.contains("How the day went"), "{}", desk.body);
    let mut officer = council.sign_in(Role::ReviewingOfficer, Tie::Circle).await;
    assert_eq!(officer.get(&format!("/children/{OPEN}/carers")).await.status, StatusCode::NOT_FOUND);
    assert!(!officer.get(&format!("/children/{OPEN}/chronology")).await.body.contains("weir"));
}
