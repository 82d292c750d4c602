//! Chronologies written by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

use jiff::civil::date;
use kinfold_record::{Chronology, FileError, Sensitivity, Timeline};
use serde_json::{Value, json};

const CHILD: &str = "01890000-0000-7000-8000-000000000001";

fn file(entries: Value) -> String {
    json!({ "child": CHILD, "entries": entries }).to_string()
}

fn refusal(entries: Value) -> String {
    let error = Chronology::from_json(&file(entries)).unwrap_err();
    error.to_string()
}

fn visit() -> Value {
    json!({ "happened_on": "2026-03-10", "event": { "kind": "visit", "seen": true } })
}

fn with(field: &str, value: Value) -> Value {
    let mut entry = visit();
    entry[field] = value;
    entry
}

fn event(event: Value) -> Value {
    json!([{ "happened_on": "2026-03-10", "event": event }])
}

#[test]
fn the_smallest_file_gets_ids_and_instants_by_position() {
    let c = Chronology::from_json(&file(json!([visit(), visit()]))).unwrap();
    assert_eq!(c, Chronology::from_json(&file(json!([visit(), visit()]))).unwrap());
    let ids: Vec<_> = c.entries().iter().map(|e| e.id.to_string()).collect();
    assert_eq!(ids, ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"]);
    assert!(
        c.entries().iter().all(|e| e.child == c.child && e.recorded_at.to_string() == "2026-03-10T12:00:00Z")
    );
    assert!(Chronology::from_json(&file(json!([]))).unwrap().entries().is_empty());
}

#[test]
fn a_full_entry_is_read_as_it_was_written() {
    let c = Chronology::from_json(&file(json!([visit(), with("replaces", json!(1))]))).unwrap();
    let stored = serde_json::to_string(&c).unwrap();
    assert_eq!(Chronology::from_json(&stored).unwrap(), c);
    let person = "01890000-0000-7000-8000-0000000000aa";
    let entry = json!({
        "id": "01890000-0000-7000-8000-0000000000ee", "child": CHILD, "happened_on": "2026-03-10",
        "happened_at": "14:30", "recorded_at": "2026-03-11T09:00:00Z", "recorded_by": person, "source": "paper file",
        "about": [person], "sensitivity": "health", "event": { "kind": "visit", "seen": true, "place": null },
    });
    let c = Chronology::from_json(&file(json!([entry]))).unwrap();
    let e = c.entries().first().unwrap();
    assert_eq!((e.happened_on, e.sensitivity, e.about.len()), (date(2026, 3, 10), Sensitivity::Health, 1));
}

#[test]
fn an_entry_replaces_another_by_its_number_whatever_its_id_and_is_not_recorded_before_it() {
    let mut first = with("id", json!("01890000-0000-7000-8000-0000000000ee"));
    first["recorded_at"] = json!("2026-05-01T09:00:00Z");
    let c = Chronology::from_json(&file(json!([first, with("replaces", json!(1))]))).unwrap();
    assert_eq!(c.standing(None).len(), 1);
    assert_eq!(c.entries()[1].recorded_at.to_string(), "2026-05-01T09:00:00Z");
    assert_eq!(Timeline::fold(&c, None).happenings.len(), 1);
    for nowhere in [0, 3] {
        let message = refusal(json!([visit(), with("replaces", json!(nowhere))]));
        assert_eq!(
            message,
            "entry 2 (visit): `replaces` names an entry that is not in the file. Give the number of one that is, from 1"
        );
    }
}

#[test]
fn an_unknown_kind_lists_those_near_it() {
    let message = refusal(event(json!({ "kind": "visits", "seen": true })));
    assert!(
        message.starts_with(
            "entry 1: `event.kind` is \"visits\", which is no kind of event. Did you mean `visit`"
        )
    );
    assert!(refusal(event(json!({ "kind": "review" }))).contains("`review_held`"));
    assert!(!refusal(event(json!({ "kind": "zzz" }))).contains("Did you mean"));
    assert!(refusal(event(json!({ "seen": true }))).contains("`event.kind` is missing"));
}

#[test]
fn an_unknown_field_lists_those_near_it_or_all_of_them() {
    let message = refusal(event(json!({ "kind": "visit", "seen": true, "seen_alon": true })));
    assert!(
        message.starts_with(
            "entry 1 (visit): `seen_alon` is not a field of this kind. Did you mean `seen_alone`"
        ),
        "{message}"
    );
    let message = refusal(event(json!({ "kind": "found", "zz": 1 })));
    assert_eq!(message, "entry 1 (found): `zz` is not a field of this kind. It has `text`");
    assert!(refusal(event(json!({ "kind": "liberty_order_ended", "zz": 1 }))).contains("It has none"));
    assert!(refusal(json!([with("happend_on", json!("2026-03-10"))])).contains("Did you mean `happened_on`"));
    assert!(refusal(json!([with("seen", json!(true))])).contains("Move it into `event`"));
}

#[test]
fn a_missing_field_says_what_it_should_hold() {
    let message = refusal(event(json!({ "kind": "visit" })));
    assert_eq!(message, "entry 1 (visit): `seen` is missing: true or false");
    let message = refusal(json!([visit(), { "event": { "kind": "found" } }]));
    assert_eq!(message, "entry 2 (found): `happened_on` is missing: the day it happened, as YYYY-MM-DD");
    assert!(refusal(json!([{ "happened_on": "2026-03-10" }])).contains("entry 1: `event` must be an object"));
    assert!(refusal(json!(["visit"])).contains("entry 1: must be an object"));
}

#[test]
fn a_bad_date_says_how_to_write_one() {
    for bad in ["10/03/2026", "2026-02-30", "2026-3-1", "2026-03-10T12:00", "0026-03-10", ""] {
        let message = refusal(json!([with("happened_on", json!(bad))]));
        assert!(message.contains("`happened_on` is not a date: write it as YYYY-MM-DD"), "{bad}: {message}");
    }
    let born = json!({ "kind": "became_mother", "baby_born_on": "May" });
    assert!(refusal(event(born)).starts_with("entry 1 (became_mother): `baby_born_on` is not a date"));
    assert!(refusal(json!([with("happened_at", json!("2 pm"))])).contains("such as \"14:30\""));
    assert!(refusal(json!([with("recorded_at", json!("yesterday"))])).contains("2026-03-10T14:30:00Z"));
}

#[test]
fn a_value_of_the_wrong_type_says_which_is_right() {
    for (fields, words) in [
        (json!({ "kind": "visit", "seen": "yes" }), "`seen` must be true or false"),
        (json!({ "kind": "visit", "seen": null }), "`seen` must be true or false"),
        (json!({ "kind": "complaint_made", "stage": "one" }), "`stage` must be a whole number"),
        (json!({ "kind": "complaint_made", "stage": 99_999_999_999i64 }), "`stage` must be a whole number"),
        (json!({ "kind": "care_started", "legal_status": 2 }), "a code of the list `legal_status`"),
        (
            json!({ "kind": "notice_sent", "notice": "placement", "recipients": "gp" }),
            "a list of codes of `notifiee`",
        ),
        (json!({ "kind": "note", "text": ["x"] }), "`text` must be a text in quotes"),
        (
            json!({ "kind": "school_started", "school": "x", "designated_teacher": "x" }),
            "the UUID of a person",
        ),
    ] {
        let message = refusal(event(fields));
        assert!(message.contains(words), "{message}");
    }
    assert!(refusal(json!([with("sensitivity", json!("secret"))])).contains("`ordinary`, `health`"));
    assert!(refusal(json!([with("id", json!("1"))])).contains("`id` must be a UUID"));
    assert!(refusal(json!([with("about", json!("me"))])).contains("`about` must be a list of UUIDs"));
    assert!(refusal(json!([with("replaces", json!(-1))])).contains("`replaces` must be the number"));
}

#[test]
fn entries_that_do_not_belong_together_are_named_by_their_number() {
    let stranger = with("child", json!("01890000-0000-7000-8000-000000000002"));
    assert!(refusal(json!([visit(), stranger])).starts_with("entry 2: `child` is another child's"));
    let same = with("id", json!("01890000-0000-7000-8000-0000000000ee"));
    assert!(refusal(json!([same, same])).contains("`id` is the id of another entry"));
    let nowhere = with("replaces", json!("01890000-0000-7000-8000-0000000000ff"));
    assert!(refusal(json!([nowhere])).starts_with("entry 1: `replaces` names an entry that is not"));
    assert!(refusal(json!([with("replaces", json!(1))])).contains("leads back to this entry"));
}

#[test]
fn what_is_no_chronology_at_all_says_what_one_looks_like() {
    let broken = Chronology::from_json("{\"child\": ").unwrap_err();
    assert!(matches!(&broken, FileError::Json { .. }) && broken.to_string().contains("line 1"));
    for wrong in ["[]", "{}", "{\"child\": \"x\", \"entries\": []}", "{\"child\": 1}"] {
        let message = Chronology::from_json(wrong).unwrap_err().to_string();
        assert!(message.contains("looks like {\"child\": \"<uuid>\""), "{message}");
    }
    let unknown = json!({ "child": CHILD, "entrys": [] }).to_string();
    assert!(Chronology::from_json(&unknown).unwrap_err().to_string().contains("Did you mean `entries`"));
}

#[test]
fn what_an_example_says_about_itself_is_passed_over_and_nothing_else() {
    let example = |key: &str| json!({ "child": CHILD, "entries": [visit()], key: "A visit" }).to_string();
    for key in ["title", "expect"] {
        assert_eq!(Chronology::from_json(&example(key)).unwrap().entries().len(), 1);
    }
    for key in ["titles", "expected", "version"] {
        let message = Chronology::from_json(&example(key)).unwrap_err().to_string();
        assert!(message.starts_with(&format!("`{key}` is not known here")), "{message}");
    }
}
