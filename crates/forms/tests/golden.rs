//! What is stored is read for ever: answers, documents, and the forms that drafts were started with. These files are
//! never changed; a program that cannot read one of them is wrong. `KINFOLD_GOLDEN=write` makes those that are missing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "test helpers, and the files of this test"
)]

mod support;

use std::path::PathBuf;

use kinfold_forms::{Answer, AnsweredPerson, Answers, Filled, Frozen, Key, Sheet, Upload};
use kinfold_guidance::Form;
use serde::Serialize;
use serde::de::DeserializeOwned;
use support::{day, facts, fill, with_forms};
use uuid::Uuid;

const EVERYTHING: &str = include_str!("support/everything.toml");

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The file is read, and what was read is written as it stands in the file.
fn reads<T: Serialize + DeserializeOwned>(name: &str, made: impl FnOnce() -> T) -> T {
    let path = file(name);
    if !path.exists() && std::env::var_os("KINFOLD_GOLDEN").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&made()).unwrap() + "\n").unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    let written = serde_json::to_value(&read).unwrap();
    let stands: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written, stands, "{name} is written differently from how it was");
    read
}

/// Answers of every kind.
fn every_answer() -> Answers {
    let guidance = with_forms(&[EVERYTHING]);
    let mut a = fill(&guidance.forms.list[0], &facts(day("2013-03-01")), 7);
    let mut set = |q: &str, answer| a.set(Key::of(q), Some(answer));
    set("words", Answer::NotGiven { reason: "other".into(), text: "Asleep".into() });
    set("smokes", Answer::NotGiven { reason: "not_asked".into(), text: String::new() });
    set("weight", Answer::Number("31.5".parse().unwrap()));
    set("day", Answer::Typed([("day".into(), vec!["31".into()]), ("month".into(), vec!["2".into()])].into()));
    set("areas", Answer::Several(vec!["teeth".into(), "sleep".into()]));
    set(
        "who",
        Answer::Person(AnsweredPerson {
            person: Some(kinfold_record::PersonId(Uuid::from_u128(9))),
            name: "Alex Moor".into(),
            role: "Foster carer".into(),
            contact: "01632 960 000".into(),
        }),
    );
    set(
        "where",
        Answer::Address(kinfold_forms::Address {
            lines: "1 High Street\nMoor".into(),
            postcode: "ZZ99 3CZ".into(),
        }),
    );
    set("papers", Answer::Uploads(vec![Upload { id: "01".into(), name: "letter.pdf".into() }]));
    set("items", Answer::Items([("1".into(), 2), ("3".into(), 0)].into()));
    a.times.insert("siblings".into(), 2);
    a.set(Key::of("sibling"), Some(Answer::Text("Sam".into())));
    a.set(Key::at("sibling", 1), Some(Answer::Text("Kit".into())));
    a.set(Key::at("sees", 1), Some(Answer::YesNo(true)));
    a
}

#[test]
fn answers() {
    let read = reads("answers.json", every_answer);
    assert_eq!(read, every_answer());
    // An empty draft is an empty object, and a field nobody knows is not passed over in silence.
    assert_eq!(serde_json::to_string(&Answers::default()).unwrap(), "{}");
    assert!(serde_json::from_str::<Answers>(r#"{"given":{},"times":{},"more":1}"#).is_err());
}

#[test]
fn a_form_that_a_draft_was_started_with() {
    let form: Form = reads("form.json", || with_forms(&[EVERYTHING]).forms.list[0].clone());
    // It still works: the answers of then are asked, checked and frozen.
    let (answers, facts) = (every_answer(), facts(day("2013-03-01")));
    let guidance = support::national();
    let sheet = Sheet::new(&form, &answers, &facts, &guidance.codes);
    assert!(sheet.is_asked(&Key::of("scale")) && !sheet.check_all().is_empty());
}

#[test]
fn a_document_keeps_its_words_when_the_form_changes() {
    let at = "2026-11-22T09:30:00Z".parse().unwrap();
    let filled = Filled {
        section: "first".into(),
        person: Some(kinfold_record::PersonId(Uuid::from_u128(9))),
        name: "Alex Moor".into(),
        role: "Social worker".into(),
        at,
    };
    let made = |text: &str| {
        let guidance = with_forms(&[text]);
        let (answers, facts) = (every_answer(), facts(day("2013-03-01")));
        Sheet::new(&guidance.forms.list[0], &answers, &facts, &guidance.codes)
            .freeze(std::slice::from_ref(&filled))
    };
    let old: Frozen = reads("frozen.json", || made(EVERYTHING));
    let second = EVERYTHING
        .replace("version = 1", "version = 2")
        .replace("\"A line\"", "\"Another line\"")
        .replace("good = \"Good\"", "good = \"Very good indeed\"");
    let new = made(&second);
    assert_eq!((old.version, new.version), (1, 2));
    assert_ne!(old.hash, new.hash);
    assert_eq!(old.sections[0].questions[0].label, "A line");
    assert_eq!(new.sections[0].questions[0].label, "Another line");
    // The answers themselves are the same.
    let answers = |f: &Frozen| {
        f.sections.iter().flat_map(|s| &s.questions).map(|q| q.answer.clone()).collect::<Vec<_>>()
    };
    assert_eq!(answers(&old), answers(&new));
}
