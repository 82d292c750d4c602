//! Stored JSON is for ever. `golden/` has a full example of every kind; `golden/v1/` is frozen: what was once stored
//! with only the fields required then must be read for ever, so files are only ever added to it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

mod reference;

use std::collections::BTreeSet;
use std::path::Path;

use kinfold_record::{Chronology, Entry, EventKind, check};
use serde_json::Value;

fn names(dir: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    entries.filter_map(|name| Some(name.strip_suffix(".json")?.to_owned())).collect()
}

fn kinds() -> BTreeSet<String> {
    EventKind::ALL.iter().map(|k| k.as_str().to_owned()).collect()
}

fn text(dir: &Path, kind: &str) -> String {
    reference::read(&dir.join(format!("{kind}.json"))).unwrap()
}

#[test]
fn every_kind_has_an_example_and_every_example_a_kind() {
    assert_eq!(names(&reference::golden()), kinds());
    let frozen = names(&reference::golden().join("v1"));
    assert!(frozen.is_subset(&kinds()), "a kind was renamed or removed: {:?}", frozen.difference(&kinds()));
    // The kinds of the first version; none of their files may go.
    assert!(frozen.len() >= 68);
}

#[test]
fn every_example_fills_every_field_and_is_written_as_it_was_read() {
    for kind in EventKind::ALL {
        let text = text(&reference::golden(), kind.as_str());
        let entry: Entry = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", kind.as_str()));
        assert_eq!(entry.event.kind(), *kind);
        assert_eq!(serde_json::to_string_pretty(&entry).unwrap() + "\n", text, "{}", kind.as_str());
        let value: Value = serde_json::from_str(&text).unwrap();
        let has: BTreeSet<_> = value["event"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut wants: BTreeSet<_> = kind.fields().iter().map(|f| f.name).collect();
        wants.insert("kind");
        assert_eq!(has, wants, "{}", kind.as_str());
        assert_eq!(value.as_object().unwrap().len(), 11, "{}: every field of an entry", kind.as_str());
    }
}

#[test]
fn what_was_stored_first_is_still_read() {
    let dir = reference::golden().join("v1");
    for kind in names(&dir) {
        let stored: Value = serde_json::from_str(&text(&dir, &kind)).unwrap();
        let entry: Entry = serde_json::from_value(stored.clone()).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert_eq!(entry.event.kind().as_str(), kind);
        // Read back and written again, nothing that was stored has changed.
        let again = serde_json::to_value(&entry).unwrap();
        for (field, value) in stored.as_object().unwrap() {
            assert_eq!(&again[field], value, "{kind} {field}");
        }
    }
}

#[test]
fn the_examples_have_no_impossible_text_or_number() {
    let nobody = Chronology::new(kinfold_record::ChildId(uuid::Uuid::from_u128(1)), vec![]).unwrap();
    let nobody = kinfold_record::Timeline::fold(&nobody, None);
    for kind in EventKind::ALL {
        let entry: Entry = serde_json::from_str(&text(&reference::golden(), kind.as_str())).unwrap();
        let found = check(&nobody, &entry, entry.happened_on);
        assert!(found.iter().all(|p| !p.message.contains(": ")), "{}: {found:?}", kind.as_str());
    }
}

#[test]
fn the_reference_page_is_made_from_the_code() {
    let committed = include_str!("../../../docs/reference/events.md");
    assert!(
        reference::page().unwrap() == committed,
        "make it again: cargo run -p kinfold-record --example events_md > docs/reference/events.md"
    );
}

#[test]
fn the_chronology_on_the_reference_page_is_one() {
    let page = include_str!("../../../docs/reference/events.md");
    let json = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let chronology = Chronology::from_json(json).unwrap();
    assert_eq!((chronology.entries().len(), chronology.standing(None).len()), (5, 4));
}
