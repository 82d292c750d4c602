//! Forms that are sent twice, by two people at once, too long, hostile or impossible lose nothing.

use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_record::Event;

use crate::support::{Answer, Browser, OPEN, Tie};
use crate::{council, page_of};

/// Sends a note the way its form does; `change` says what is different.
async fn note(browser: &mut Browser, text: &str, change: &[(&str, &str)]) -> Answer {
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
