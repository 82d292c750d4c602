//! `kinfold census entry`: what one entry adds to what the rules of the return find.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{run, said};

/// A child accommodated by agreement who comes to live in a home of this kind, as JSON.
fn chronology(home: &str) -> Value {
    let child = "01930000-0000-7000-8000-000000000001";
    let entry = |n: u8, on: &str, event: Value| {
        json!({
            "id": format!("01930000-0000-7000-8000-0000000001{n:02}"),
            "child": child,
            "happened_on": on,
            "recorded_at": format!("2026-05-01T09:00:{n:02}Z"),
            "event": event,
        })
    };
    json!({
        "child": child,
        "entries": [
            entry(1, "2014-05-01", json!({"kind": "child_registered", "given_name": "Ash", "family_name": "Fern", "date_of_birth": "2014-05-01"})),
            entry(2, "2026-05-01", json!({"kind": "care_started", "legal_status": "V2", "category_of_need": "N1", "home_postcode": "FN1 1AA"})),
            entry(3, "2026-05-01", json!({"kind": "placement_started", "placement_type": home, "provider": if home == "P1" { "PR0" } else { "PR1" }})),
        ],
    })
}

#[test]
fn what_the_last_entry_adds_is_told_in_words_and_as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    for home in ["P1", "U6"] {
        fs::write(folder.path().join(format!("{home}.json")), chronology(home).to_string()).expect("written");
    }
    let on = ["--on", "2026-05-02"];
    let warned = run(folder.path(), &[&["census", "entry", "--chronology", "P1.json"], &on[..]].concat());
    let text = said(&warned);
    assert_eq!(warned.status.code(), Some(1), "{text}");
    for words in ["Rule 378, 2026-27, Episodes from 2026-05-01", "How to put it right", "1 warning"] {
        assert!(text.contains(words), "no “{words}” in\n{text}");
    }
    let quiet = run(folder.path(), &[&["census", "entry", "--chronology", "U6.json"], &on[..]].concat());
    assert_eq!(quiet.status.code(), Some(0), "{}", said(&quiet));

    let args = ["census", "entry", "--chronology", "P1.json", "--json"];
    let told = run(folder.path(), &[&args, &on[..]].concat());
    let lines = String::from_utf8_lossy(&told.stdout).into_owned();
    let all: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let asked = all.iter().find(|f| f["left_open"] == json!(false)).expect("a warning");
    assert_eq!((&asked["rule"], &asked["year"]), (&json!("378"), &json!(2027)));

    let stranger = "01930000-0000-7000-8000-0000000009ff";
    let args = ["census", "entry", "--chronology", "P1.json", "--entry", stranger];
    let absent = run(folder.path(), &[&args, &on[..]].concat());
    assert_eq!(absent.status.code(), Some(2));
    assert!(said(&absent).contains("has no entry"), "{}", said(&absent));
}
