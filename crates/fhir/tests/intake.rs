//! What is taken in: what we wrote is the same fact again, and what is not understood is refused with its element.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use jiff::civil::date;
use kinfold_fhir::intake::{Wrong, fact, response};
use kinfold_fhir::{Answer, Facts, Resource, Titles, resources};
use kinfold_record::{ChildId, Entry, Event, Identity};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

const CHILD: &str = "01980000-0000-7000-8000-000000000001";

struct Plain;

impl Titles for Plain {
    fn title<'a>(&'a self, _: &str, code: &'a str) -> &'a str {
        code
    }
}

fn written(event: &Value) -> Vec<Resource> {
    let entry: Entry = serde_json::from_value(json!({
        "id": "01980000-0000-7000-8000-000000000002",
        "child": CHILD,
        "happened_on": "2026-03-10",
        "recorded_at": "2026-03-11T09:15:00Z",
        "event": event,
    }))
    .unwrap();
    let child = ChildId(CHILD.parse::<Uuid>().unwrap());
    let identity = Identity::default();
    resources(&Facts {
        child,
        identity: &identity,
        born: None,
        died: None,
        entries: &[&entry],
        circle: &[],
        documents: &[],
        titles: &Plain,
    })
}

/// The facts that are taken in again of what was written of an event.
fn again(event: &Value, kind: &str) -> Vec<Event> {
    let written = written(event).into_iter().filter(|r| r.kind() == kind);
    written
        .map(|resource| {
            let fact = fact(&Resource::read(&resource.json().to_string()).unwrap()).unwrap();
            assert_eq!(fact.on, date(2026, 3, 10));
            assert_eq!(fact.about.child.to_string(), CHILD);
            fact.event
        })
        .collect()
}

fn event(value: &Value) -> Event {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn what_was_written_is_the_same_fact_when_it_is_taken_in_again() {
    for growth in [
        json!({ "kind": "growth_measured", "weight_g": 12345, "told_by": "seen", "text": "Shoes off." }),
        json!({ "kind": "growth_measured", "height_mm": 1013 }),
        json!({ "kind": "growth_measured", "height_mm": 655, "lying": true, "told_by": "gp" }),
        json!({ "kind": "growth_measured", "head_mm": 487 }),
    ] {
        assert_eq!(again(&growth, "Observation"), [event(&growth)]);
    }
    for immunisation in [
        json!({ "kind": "immunisation_given", "vaccine": "mmr", "dose": 2, "estimated": true, "batch": "A1", "place": "The surgery", "told_by": "gp_record" }),
        json!({ "kind": "immunisation_given", "vaccine": "hpv" }),
        json!({ "kind": "immunisation_not_given", "vaccine": "mmr", "reason": "unwell", "dose": 1, "told_by": "carer", "text": "A fever" }),
    ] {
        assert_eq!(again(&immunisation, "Immunization"), [event(&immunisation)]);
    }
}

fn weight() -> Value {
    json!({
        "resourceType": "Observation",
        "status": "final",
        "identifier": [{ "system": "urn:surgery", "value": "1" }],
        "subject": { "reference": format!("https://kinfold.example/fhir/Patient/{CHILD}") },
        "effectiveDateTime": "2026-03-10T08:00:00+00:00",
        "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "27113001" }] },
        "valueQuantity": { "value": 12.3, "system": "http://unitsofmeasure.org", "code": "kg" },
    })
}

fn wrong(value: Value) -> Vec<Wrong> {
    fact(&Resource::read(&value.to_string()).unwrap()).unwrap_err()
}

#[test]
fn what_is_not_understood_is_refused_with_its_element() {
    let taken = fact(&Resource::read(&weight().to_string()).unwrap()).unwrap();
    assert_eq!(taken.event, event(&json!({ "kind": "growth_measured", "weight_g": 12300 })));
    assert!(!taken.about.confirmed);
    let changed = |name: &str, value: Value| {
        let mut whole = weight();
        whole[name] = value;
        whole
    };
    for (name, value, at) in [
        ("status", json!("preliminary"), "Observation.status"),
        ("identifier", json!([{ "value": "1" }]), "Observation.identifier"),
        ("subject", json!({ "reference": "Group/1" }), "Observation.subject.reference"),
        ("effectiveDateTime", json!("2026-03"), "Observation.effectiveDateTime"),
        ("code", json!({ "text": "Weight" }), "Observation.code.coding"),
        ("valueQuantity", json!({ "value": 12.3, "unit": "kg" }), "Observation.valueQuantity.code"),
        (
            "valueQuantity",
            json!({ "value": 27, "system": "http://unitsofmeasure.org", "code": "[lb_av]" }),
            "Observation.valueQuantity.code",
        ),
        (
            "valueQuantity",
            json!({ "value": "heavy", "system": "http://unitsofmeasure.org", "code": "kg" }),
            "Observation.valueQuantity.value",
        ),
        (
            "valueQuantity",
            json!({ "value": 3, "comparator": "<", "system": "http://unitsofmeasure.org", "code": "kg" }),
            "Observation.valueQuantity.comparator",
        ),
        ("modifierExtension", json!([{ "url": "urn:not" }]), "Observation.modifierExtension"),
        ("component", json!([{}]), "Observation.component"),
    ] {
        let found = wrong(changed(name, value));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].at, at);
    }
    let two = json!({ "coding": [{ "system": "http://loinc.org", "code": "8302-2" }, { "system": "http://loinc.org", "code": "9843-4" }] });
    assert_eq!(wrong(changed("code", two))[0].code, "value");
    let confirmed =
        changed("meta", json!({ "tag": [{ "system": "urn:kinfold:fhir", "code": "confirmed" }] }));
    assert!(fact(&Resource::read(&confirmed.to_string()).unwrap()).unwrap().about.confirmed);
    let all = wrong(json!({ "resourceType": "Immunization" }));
    let at: Vec<&str> = all.iter().map(|w| w.at.as_str()).collect();
    assert_eq!(
        at,
        [
            "Immunization.status",
            "Immunization.patient.reference",
            "Immunization.identifier",
            "Immunization.occurrenceDateTime",
            "Immunization.vaccineCode.coding"
        ]
    );
    assert_eq!(wrong(json!({ "resourceType": "Patient" }))[0].code, "not-supported");
}

fn answers(questionnaire: &str, items: Value) -> Resource {
    Resource::read(
        &json!({
            "resourceType": "QuestionnaireResponse",
            "status": "completed",
            "identifier": { "system": "urn:school", "value": "7" },
            "questionnaire": questionnaire,
            "subject": { "reference": format!("Patient/{CHILD}") },
            "item": items,
        })
        .to_string(),
    )
    .unwrap()
}

#[test]
fn answers_are_found_by_their_question_however_deep_they_stand() {
    let items = json!([
        { "linkId": "who", "item": [{ "linkId": "informant", "answer": [{ "valueCoding": { "code": "teacher" } }] }] },
        { "linkId": "items-1", "answer": [{ "valueInteger": 2 }] },
    ]);
    let read = response(&answers("urn:kinfold:forms:health.sdq|3", items)).unwrap();
    assert_eq!((read.form.as_str(), read.version), ("health.sdq", Some(3)));
    assert_eq!(read.answers["items-1"], [Answer::Whole(2)]);
    assert_eq!(read.answers["informant"], [Answer::Code(String::new(), "teacher".into(), String::new())]);
    for (form, items, at) in [
        ("http://other|1", json!([]), "QuestionnaireResponse.questionnaire"),
        ("urn:kinfold:forms:health.sdq|new", json!([]), "QuestionnaireResponse.questionnaire"),
        ("urn:kinfold:forms:x", json!([{ "text": "no link" }]), "QuestionnaireResponse.item[0].linkId"),
        (
            "urn:kinfold:forms:x",
            json!([{ "linkId": "a", "answer": [{ "valueTime": "1" }] }]),
            "QuestionnaireResponse.item[0].answer[0]",
        ),
        (
            "urn:kinfold:forms:x",
            json!([{ "linkId": "a", "answer": [{ "valueInteger": 1 }] }, { "linkId": "a", "answer": [{ "valueInteger": 2 }] }]),
            "QuestionnaireResponse.item[1].linkId",
        ),
    ] {
        assert_eq!(response(&answers(form, items)).unwrap_err()[0].at, at);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let name = prop_oneof![
            Just("coding".to_owned()),
            Just("system".to_owned()),
            Just("code".to_owned()),
            Just("value".to_owned()),
            Just("reference".to_owned()),
            Just("linkId".to_owned()),
            Just("answer".to_owned()),
            Just("item".to_owned()),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_sent_is_read_or_refused(
        name in prop::sample::select(vec!["identifier", "subject", "code", "valueQuantity", "meta", "note", "item", "effectiveDateTime", "extension", "protocolApplied", "location"]),
        kind in prop::sample::select(vec!["Observation", "Immunization", "QuestionnaireResponse"]),
        value in any_json(),
    ) {
        let mut whole = weight();
        whole["resourceType"] = json!(kind);
        whole[name] = value;
        let resource = Resource::read(&whole.to_string()).unwrap();
        let _ = fact(&resource);
        let _ = response(&resource);
    }
}
