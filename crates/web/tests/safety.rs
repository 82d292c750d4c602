//! What must hold however somebody tries: sessions, guessing, forged and hostile forms, emergencies.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod support;

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use kinfold_access::{Code as _, Role};
use kinfold_casework::NewEntry;
use kinfold_record::Event;
use kinfold_store::{Page, testing};
use serde_json::json;
use support::browser::encode;
use support::people::someone;
use support::{Browser, Council, HIDDEN, HIDDEN_NAME, OPEN, OPEN_NAME, PASSWORD, Someone, Tie, today};

async fn council(people: &[(Role, Tie)]) -> Council {
    let people: Vec<Someone> = people.iter().map(|(role, tie)| someone(*role, *tie)).collect();
    Council::open(testing::sqlite().await, people, 0).await
}

fn page_of(child: kinfold_record::ChildId) -> String {
    format!("/children/{child}")
}

async fn signed_out(browser: &mut Browser) -> bool {
    let answer = browser.get("/").await;
    answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/sign-in")
}

// ---- sessions

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

// ---- guessing

#[tokio::test(flavor = "multi_thread")]
async fn passwords_cannot_be_guessed() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let email = council.people[0].email.clone();
    let mut browser = council.stranger();
    let mut with = async |email: &str, password: &str| {
        browser.ask(Method::POST, "/sign-in", Some(encode(&[("email", email), ("password", password)]))).await
    };
    let unknown = with("nobody@fernshire.example", "not the password").await;
    let wrong = with(&email, "not the password").await;
    assert_eq!(
        wrong.body.replace(&email, "nobody@fernshire.example"),
        unknown.body,
        "an account that exists answers alike"
    );
    assert!(!wrong.body.contains("not the password"), "a password is sent back");
    for _ in 0..4 {
        with(&email, "not the password").await;
    }
    let blocked = with(&email, PASSWORD).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS, "the right password after five wrong ones");
    council.later(SignedDuration::from_mins(16));
    assert_eq!(with(&email, PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_good_once_and_cannot_be_guessed() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let email = council.people[0].email.clone();
    let mut first = council.stranger();
    first.ask(Method::POST, "/sign-in", Some(encode(&[("email", &email), ("password", PASSWORD)]))).await;
    let code = first.code().await;
    assert_eq!(
        first.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await.location(),
        "/"
    );
    council.later(SignedDuration::from_secs(1));
    let mut second = council.stranger();
    second.ask(Method::POST, "/sign-in", Some(encode(&[("email", &email), ("password", PASSWORD)]))).await;
    for _ in 0..5 {
        let again = second.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await;
        assert_eq!(again.status, StatusCode::OK, "an overheard code opens nothing");
        assert!(!second.cookies.contains_key("kinfold_session"));
    }
    council.later(SignedDuration::from_mins(1));
    let fresh = second.code().await;
    let blocked = second.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &fresh)]))).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
}

// ---- forms

/// Sends a note the way its form does; `change` says what is different.
async fn note(browser: &mut Browser, text: &str, change: &[(&str, &str)]) -> support::Answer {
    let path = format!("{}/record/note", page_of(OPEN));
    let form = browser.get(&path).await;
    let (key, version) = (form.field("key"), form.field("seen-version"));
    let mut fields = vec![
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("draft-version", "0"),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("text", text),
    ];
    for (name, value) in change {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    browser.post(&path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_twice_records_once() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let key = [("key", "0123456789abcdef0123456789abcdef")];
    let first = note(&mut worker, "He asked when he may see his brother.", &key).await;
    let second = note(&mut worker, "He asked when he may see his brother.", &key).await;
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(council.entries(OPEN).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_writing_at_once_lose_nothing() {
    let council = council(&[(Role::SocialWorker, Tie::Circle), (Role::TeamManager, Tie::Managed)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let mut manager = council.sign_in(Role::TeamManager, Tie::Managed).await;
    let before = council.entries(OPEN).await;
    let path = format!("{}/record/note", page_of(OPEN));
    let seen = worker.get(&path).await.field("seen-version");
    assert_eq!(
        note(&mut manager, "Agreed the weekend at his aunt’s.", &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let mine = "He would rather stay with his aunt.";
    let conflict = note(&mut worker, mine, &[("seen-version", &seen)]).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(conflict.body.contains(mine), "what was typed is on the page");
    assert_eq!(council.entries(OPEN).await, before + 1, "nothing is recorded unseen");
    let (key, version) = (conflict.field("key"), conflict.field("seen-version"));
    let again = note(&mut worker, mine, &[("key", &key), ("seen-version", &version)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let chronology = worker.get(&format!("{}/chronology", page_of(OPEN))).await.body;
    assert!(chronology.contains("He would rather stay") && chronology.contains("Agreed the weekend"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_too_long_comes_back_whole_with_words() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let text = format!("It began on Monday. {} That was all.", "word ".repeat(400_000));
    let answer = note(&mut worker, &text, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("govuk-error-summary") && answer.body.contains("20000 characters or fewer"),
        "says how long it may be"
    );
    assert!(answer.body.contains(text.trim()), "the text is kept");
    let huge = note(&mut worker, &"x".repeat(9 * 1024 * 1024), &[]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(huge.body.contains("8 MB"));
    assert_eq!(council.entries(OPEN).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_kept_as_text_or_refused() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let long = "né ".repeat(6_000);
    let texts = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE entry; --",
        "{{7*7}} ${7*7} %s%n ../../etc/passwd",
        "\u{202e}desrever si siht\u{202c}",
        "👩🏽‍🦱 e\u{301} 𝔘𝔫𝔦 ﷽",
        "nothing\u{0}after",
        "=cmd|' /C calc'!A0",
        long.trim(),
    ];
    for text in texts {
        let before = council.entries(OPEN).await;
        let answer = note(&mut worker, text, &[]).await;
        match answer.status {
            StatusCode::SEE_OTHER => {
                assert_eq!(council.entries(OPEN).await, before + 1);
                let entries = council.store.read().await.unwrap().entries(OPEN.0).await.unwrap();
                let text = text.replace('\u{0}', "");
                let kept = entries
                    .iter()
                    .map(|row| row.entry().unwrap())
                    .any(|entry| matches!(&entry.event, Event::Note { text: kept, .. } if *kept == text));
                assert!(kept, "{text:?} was changed on its way in");
            }
            StatusCode::UNPROCESSABLE_ENTITY => {
                assert!(answer.body.contains("govuk-error-summary"), "{text:?} is refused with words");
                assert_eq!(council.entries(OPEN).await, before);
            }
            other => panic!("{text:?}: {other}\n{}", answer.body),
        }
        for path in ["/chronology", "/record/note"] {
            let body = worker.get(&format!("{}{path}", page_of(OPEN))).await.body;
            assert!(
                !body.contains("<script>alert") && !body.contains("<img src=x"),
                "{text:?} runs on {path}"
            );
            assert!(!body.contains('\u{0}'));
        }
        worker.post(&format!("{}/record/note/discard", page_of(OPEN)), &[]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_values_where_addresses_and_hidden_fields_are_read() {
    let council = council(&[(Role::SocialWorker, Tie::Circle), (Role::SafeguardingLead, Tie::Nobody)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    for path in [
        "/children/1",
        "/children/%00",
        "/children/..%2f..%2fetc%2fpasswd",
        "/children/%27%20OR%201=1",
        "/assets/..%2f..%2fCargo.toml",
        "/children/00000000-0000-0000-0000-000000000000",
        "/%ff%fe",
        "/matrix%2f",
    ] {
        let answer = worker.get(path).await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
            "{path}: {}",
            answer.status
        );
    }
    for (key, version) in [("", "0"), ("x", "-1"), ("x", "99999999999999999999"), ("x", "'")] {
        let before = council.entries(OPEN).await;
        let answer =
            note(&mut worker, "A note.", &[("key", key), ("seen-version", version), ("text", "")]).await;
        assert!(answer.status.is_client_error(), "{key:?} {version:?}: {}", answer.status);
        assert_eq!(council.entries(OPEN).await, before);
    }
    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    for query in [
        "page=-1",
        "page=99999999999",
        "person='",
        "kind=%3Cscript%3E",
        "day-day=31&day-month=2&day-year=2026",
        "page=2&page=x",
    ] {
        let answer = lead.get(&format!("/audit?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert!(!answer.body.contains("<script>%") && !answer.body.contains("<script> "));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn impossible_dates_are_refused_with_words_and_kept() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    for (day, month, year) in [
        ("31", "2", "2026"),
        ("0", "1", "2026"),
        ("1", "13", "2026"),
        ("", "", ""),
        ("1", "1", "99999"),
        ("1", "1", "2190"),
        ("one", "two", "three"),
    ] {
        let change = [("happened-day", day), ("happened-month", month), ("happened-year", year)];
        let answer = note(&mut worker, "A note to keep.", &change).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {month} {year}");
        assert!(
            answer.body.contains("govuk-error-summary") && answer.body.contains("A note to keep."),
            "{day} {month} {year}"
        );
    }
    assert_eq!(council.entries(OPEN).await, before);
}

// ---- emergencies

const REASON: &str = "The police have found a girl at the station and ask who to ring.";

async fn open_glass(browser: &mut Browser, reference: &str, password: &str) -> support::Answer {
    browser
        .post("/break-glass", &[("reference", reference), ("reason", REASON), ("password", password)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_opens_one_record_for_four_hours_and_is_reviewed() {
    let council = council(&[
        (Role::SocialWorker, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Former),
    ])
    .await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    let child = page_of(OPEN);
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);
    let short = worker
        .post("/break-glass", &[("reference", "K90001"), ("reason", "urgent"), ("password", PASSWORD)])
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "a word is no reason");
    let wrong = open_glass(&mut worker, "K90001", "not the password").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(REASON), "the reason is kept");
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);

    let opened = open_glass(&mut worker, "k90001", PASSWORD).await;
    assert_eq!(opened.location(), child);
    let page = worker.get(&child).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("You opened this record in an emergency.")
            && page.body.contains("1:30pm")
            && page.body.contains(REASON),
        "{}",
        page.body
    );
    assert!(worker.get("/").await.status.is_success());

    // Every safeguarding lead is told, in the product and by mail, and no word of it names the child.
    for lead in &council.people[1..] {
        let notices =
            council.store.read().await.unwrap().notices_of(lead.id.0, true, Page::first(10)).await.unwrap();
        assert_eq!(notices.total, 1, "{}", lead.name);
        let said = format!("{:?}", notices.rows);
        assert!(!said.contains(OPEN_NAME.1) && said.contains("/audit/break-glass"));
    }
    let work = council
        .store
        .write()
        .await
        .unwrap()
        .claim(council.casework.now(), council.casework.now(), 10)
        .await
        .unwrap();
    for lead in &council.people[1..] {
        let mails = work.iter().filter(|w| w.kind == "mail" && w.payload.contains(&lead.id.to_string()));
        assert_eq!(mails.count(), 1, "one message for {}", lead.name);
    }
    assert!(work.iter().all(|w| !w.payload.contains(OPEN_NAME.1) && !w.payload.contains(REASON)));

    // It ends by itself, for everything.
    council.later(SignedDuration::from_hours(4));
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);

    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    let list = lead.get("/audit/break-glass").await;
    assert!(list.body.contains(REASON) && list.body.contains("K90001") && !list.body.contains(OPEN_NAME.1));
    let id = list.field("opening");
    let address = format!("/audit/break-glass/{id}");
    assert_eq!(lead.post(&address, &[("words", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = "The duty team confirmed the call from the police.";
    let review = [("outcome", "justified"), ("words", words)];
    assert_eq!(lead.post(&address, &review).await.status, StatusCode::SEE_OTHER);
    let done = lead.get("/audit/break-glass").await.body;
    assert!(done.contains(words) && done.contains("Nothing waits for review"));
    assert_eq!(lead.post(&address, &review).await.status, StatusCode::CONFLICT, "a review is kept once");
    let told = council
        .store
        .read()
        .await
        .unwrap()
        .notices_of(council.people[0].id.0, true, Page::first(10))
        .await
        .unwrap();
    assert_eq!(told.total, 1, "the person hears what came of it");
    // The log shows the opening and the review of it.
    let log = lead.get(&format!("{child}/access")).await.body;
    assert!(log.contains("Opened the record in an emergency") && log.contains("Reviewed emergency openings"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_can_be_closed_and_nobody_reviews_their_own() {
    let council = council(&[(Role::SafeguardingLead, Tie::Nobody)]).await;
    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    assert_eq!(open_glass(&mut lead, "K90002", PASSWORD).await.location(), page_of(HIDDEN));
    assert!(lead.get(&page_of(HIDDEN)).await.body.contains(HIDDEN_NAME.1));
    let id = {
        let list = lead.get("/audit/break-glass").await;
        assert!(list.body.contains("You opened this yourself"));
        assert_eq!(list.field("opening"), "", "no form for one's own");
        council.store.read().await.unwrap().break_glasses(true, Page::first(1)).await.unwrap().rows[0].id
    };
    let own = lead
        .post(
            &format!("/audit/break-glass/{id}"),
            &[("outcome", "justified"), ("words", "I say it was quite all right.")],
        )
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert_eq!(lead.post(&format!("{}/emergency", page_of(HIDDEN)), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lead.get(&page_of(HIDDEN)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_exists_and_one_that_does_not_answer_alike() {
    let council = council(&[(Role::SocialWorker, Tie::Nobody), (Role::Councillor, Tie::Nobody)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    worker.confirm().await;
    // A restricted record is not a social worker's to open, and must not show that it is there.
    let hidden = open_glass(&mut worker, "K90002", "").await;
    let absent = open_glass(&mut worker, "K90009", "").await;
    assert_eq!(hidden.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden.body.replace("K90002", "K90009"), absent.body);
    assert_eq!(worker.get(&page_of(HIDDEN)).await.status, StatusCode::NOT_FOUND);
    for number in 0..3 {
        open_glass(&mut worker, &format!("K8000{number}"), "").await;
    }
    let stopped = open_glass(&mut worker, "K90001", "").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "numbers cannot be tried one after the other");
    // Somebody without the right finds no such page at all.
    let mut councillor = council.sign_in(Role::Councillor, Tie::Nobody).await;
    let nothing = councillor.get("/nothing/here").await.body;
    for reference in ["K90001", "K90002", "K90009"] {
        let answer = open_glass(&mut councillor, reference, PASSWORD).await;
        assert_eq!((answer.status, answer.body), (StatusCode::NOT_FOUND, nothing.clone()), "{reference}");
    }
    assert_eq!(
        council.store.read().await.unwrap().break_glasses(false, Page::first(1)).await.unwrap().total,
        0
    );
}

// ---- the log and exports

#[tokio::test(flavor = "multi_thread")]
async fn exports_ask_for_the_password_and_stand_in_the_log() {
    let council =
        council(&[(Role::SocialWorker, Tie::Circle), (Role::DataProtectionOfficer, Tie::Nobody)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    worker.get(&page_of(OPEN)).await;
    let address = format!("{}/access/export", page_of(OPEN));
    let asked = worker.get(&address).await;
    assert!(asked.location().starts_with("/confirm-password?then=%2Fchildren%2F"), "{}", asked.location());
    worker.confirm().await;
    let file = worker.get(&address).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(file.body.contains("Opened the child’s page") && !file.body.contains(OPEN_NAME.1));
    let page = worker.get(&format!("{}/access", page_of(OPEN))).await.body;
    assert!(page.contains("Exported who looked") && page.contains(">Export<"));
    council.later(SignedDuration::from_mins(11));
    assert!(
        worker.get(&address).await.location().starts_with("/confirm-password"),
        "the password is good for ten minutes"
    );
    // The data protection officer sees who looked, and not whose record it is.
    let mut officer = council.sign_in(Role::DataProtectionOfficer, Tie::Nobody).await;
    let log = officer.get(&format!("{}/access", page_of(OPEN))).await;
    assert_eq!(log.status, StatusCode::OK);
    assert!(
        log.body.contains(&council.people[0].name)
            && log.body.contains("K90001")
            && !log.body.contains(OPEN_NAME.1)
    );
    assert_eq!(officer.get(&page_of(OPEN)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_can_be_narrowed_to_a_person_a_day_and_refusals() {
    let council = council(&[
        (Role::SocialWorker, Tie::Circle),
        (Role::SocialWorker, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Nobody),
    ])
    .await;
    council.sign_in(Role::SocialWorker, Tie::Circle).await.get(&page_of(OPEN)).await;
    council.sign_in(Role::SocialWorker, Tie::Nobody).await.get(&page_of(OPEN)).await;
    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    let base = format!("{}/access", page_of(OPEN));
    let refused = lead.get(&format!("{base}?refused=yes")).await.body;
    assert!(refused.contains("Tried: opened the child’s page") && refused.contains("1 line,"), "{refused}");
    let one = lead.get(&format!("{base}?person={}", council.people[0].id)).await.body;
    assert!(one.contains("1 line,"));
    let other_day = lead.get(&format!("{base}?day-day=1&day-month=1&day-year=2026")).await.body;
    assert!(other_day.contains("Nothing to show"));
    let audit = lead.get(&format!("/audit?person={}&kind=sign_in", council.people[1].id)).await.body;
    assert!(audit.contains("2 lines,") && audit.contains("Signed in (code)"), "{audit}");
    assert!(audit.contains("kinfold verify"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_is_what_the_policies_decide() {
    let council = council(&[(Role::DataProtectionOfficer, Tie::Nobody)]).await;
    let mut officer = council.sign_in(Role::DataProtectionOfficer, Tie::Nobody).await;
    let page = officer.get("/matrix?role=social_worker").await.body;
    for role in Role::ALL {
        assert!(page.contains(&format!("value=\"{}\"", role.as_str())), "{} cannot be chosen", role.title());
    }
    assert!(page.contains("id=\"social_worker\"") && page.contains("In the circle: social worker"));
    assert!(officer.get("/matrix/export").await.location().starts_with("/confirm-password"));
    officer.confirm().await;
    let file = officer.get("/matrix/export?role=social_worker").await.body;
    assert!(
        file.contains("Social worker,Children,In the circle: social worker,Read health detail,"),
        "{file}"
    );
    let file = officer.get("/matrix/export?role=administrator").await.body;
    assert!(
        file.contains("Administrator,The authority") && !file.contains("Administrator,Children"),
        "an administrator reads no child"
    );
}
