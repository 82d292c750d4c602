//! What entries become, from the golden entries of the record and by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use jiff::civil::{Date, date};
use kinfold_fhir::{
    Answer, BundleKind, Document, Facts, Item, Member, NotAResource, Resource, Served, Titles, bundle,
    capability, resources,
};
use kinfold_record::{ChildId, Entry, Identity};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

struct Plain;

impl Titles for Plain {
    fn title<'a>(&'a self, _: &str, code: &'a str) -> &'a str {
        code
    }
}

const CHILD: &str = "01980000-0000-7000-8000-000000000001";

fn identity() -> Identity {
    Identity {
        given_name: "Robin".into(),
        family_name: "Ashdown".into(),
        known_as: Some("Rob".into()),
        sex: Some("M".into()),
        nhs_number: Some("943 476 5870".into()),
        ..Identity::default()
    }
}

fn entry(number: u8, on: Date, event: Value) -> Entry {
    let value = json!({
        "id": format!("01980000-0000-7000-8000-0000000000{number:02x}"),
        "child": CHILD,
        "happened_on": on.to_string(),
        "recorded_at": "2026-03-11T09:15:00Z",
        "event": event,
    });
    serde_json::from_value(value).unwrap()
}

fn mapped(identity: &Identity, entries: &[Entry]) -> Vec<Resource> {
    let entries: Vec<&Entry> = entries.iter().collect();
    let child = ChildId(CHILD.parse::<Uuid>().unwrap());
    resources(&Facts {
        child,
        identity,
        born: Some(date(2016, 5, 4)),
        died: None,
        entries: &entries,
        circle: &[],
        documents: &[],
        titles: &Plain,
    })
}

fn only<'a>(made: &'a [Resource], kind: &str) -> &'a Resource {
    let found: Vec<&Resource> = made.iter().filter(|resource| resource.kind() == kind).collect();
    assert_eq!(found.len(), 1, "{kind}");
    found[0]
}

fn golden() -> Vec<Entry> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../record/tests/golden");
    let mut entries = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "a test reads the golden files")]
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|ext| ext == "json") {
            entries.push(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap());
        }
    }
    assert!(entries.len() > 50);
    entries
}

#[test]
fn every_golden_entry_becomes_whole_resources() {
    let made = mapped(&identity(), &golden());
    let kinds = |kind: &str| made.iter().filter(|resource| resource.kind() == kind).count();
    for kind in [
        "Immunization",
        "Condition",
        "AllergyIntolerance",
        "Consent",
        "ServiceRequest",
        "Task",
        "Observation",
        "CarePlan",
        "MedicationStatement",
    ] {
        assert!(kinds(kind) > 0, "{kind}");
    }
    let mut ids: Vec<String> = made.iter().map(Resource::reference).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), made.len(), "every resource has a reference of its own");
    for resource in &made {
        assert!(
            resource.id().len() <= 64
                && resource.id().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        );
        assert_no_empty(&resource.clone().json());
    }
}

/// FHIR knows no null, no empty text, list or object.
fn assert_no_empty(value: &Value) {
    match value {
        Value::Null => panic!("null"),
        Value::String(text) => assert!(!text.trim().is_empty()),
        Value::Array(list) => {
            assert!(!list.is_empty());
            list.iter().for_each(assert_no_empty);
        }
        Value::Object(map) => {
            assert!(!map.is_empty());
            map.values().for_each(assert_no_empty);
        }
        Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn the_child_is_a_patient_with_a_checked_nhs_number() {
    let made = mapped(&identity(), &[]);
    let patient = only(&made, "Patient");
    assert_eq!(patient.get("identifier").unwrap()[0]["value"], "9434765870");
    assert_eq!(patient.get("gender").unwrap(), "male");
    assert_eq!(patient.get("birthDate").unwrap(), "2016-05-04");
    assert_eq!(patient.get("name").unwrap()[1], json!({ "use": "usual", "given": ["Rob"] }));
    let mistyped = Identity { nhs_number: Some("9434765871".into()), ..identity() };
    assert_eq!(only(&mapped(&mistyped, &[]), "Patient").get("identifier"), None);
}

#[test]
fn growth_becomes_vital_signs_in_units_of_ucum() {
    let event =
        json!({ "kind": "growth_measured", "weight_g": 20000, "height_mm": 1000, "text": "Shoes off." });
    let made = mapped(&identity(), &[entry(1, date(2026, 3, 10), event)]);
    let of = |code: &str| {
        let found = made.iter().find(|r| r.get("code").is_some_and(|c| c["coding"][0]["code"] == code));
        found.unwrap_or_else(|| panic!("{code}"))
    };
    let weight = of("29463-7");
    assert_eq!(weight.get("valueQuantity").unwrap()["value"], 20.0);
    assert_eq!(weight.get("valueQuantity").unwrap()["code"], "kg");
    assert_eq!(weight.get("note").unwrap()[0]["text"], "Shoes off.");
    assert_eq!(of("8302-2").get("valueQuantity").unwrap()["value"], 100.0);
    assert_eq!(of("39156-5").get("valueQuantity").unwrap()["value"], 20.0);
    let provenance = only(&made, "Provenance");
    assert_eq!(provenance.get("target").unwrap().as_array().unwrap().len(), 3);
}

#[test]
fn a_questionnaire_without_a_score_says_why() {
    let event = json!({ "kind": "sdq", "informant": "parent_carer", "reason": "SDQ2" });
    let made = mapped(&identity(), &[entry(1, date(2026, 3, 10), event)]);
    let observation = only(&made, "Observation");
    assert_eq!(observation.get("dataAbsentReason").unwrap()["text"], "SDQ2");
    assert_eq!(observation.get("valueInteger"), None);
    let event = json!({ "kind": "sdq", "informant": "parent_carer", "total": 17 });
    let made = mapped(&identity(), &[entry(1, date(2026, 3, 10), event)]);
    assert_eq!(only(&made, "Observation").get("valueInteger").unwrap(), 17);
}

#[test]
fn what_was_not_given_has_a_reason() {
    let event = json!({ "kind": "immunisation_not_given", "vaccine": "mmr", "reason": "refused_by_parent" });
    let made = mapped(&identity(), &[entry(1, date(2026, 3, 10), event)]);
    let immunization = only(&made, "Immunization");
    assert_eq!(immunization.get("status").unwrap(), "not-done");
    assert_eq!(immunization.get("statusReason").unwrap()["coding"][0]["code"], "refused_by_parent");
}

#[test]
fn a_condition_that_is_over_is_resolved_and_a_moved_action_has_its_new_day() {
    let entries = [
        entry(1, date(2024, 3, 10), json!({ "kind": "condition_noted", "item": "c1", "name": "Asthma" })),
        entry(2, date(2026, 1, 5), json!({ "kind": "condition_ended", "item": "c1" })),
        entry(
            3,
            date(2026, 1, 5),
            json!({ "kind": "health_action", "action": "a1", "text": "Book the dentist", "owner": "foster_carer", "by": "2026-02-01" }),
        ),
        entry(
            4,
            date(2026, 1, 9),
            json!({ "kind": "health_action_moved", "action": "a1", "owner": "social_worker", "by": "2026-03-01" }),
        ),
        entry(
            5,
            date(2026, 1, 9),
            json!({ "kind": "referral_made", "referral": "r1", "service": "therapy", "goal": "Sleep" }),
        ),
        entry(6, date(2026, 2, 9), json!({ "kind": "referral_step", "referral": "r1", "step": "declined" })),
    ];
    let made = mapped(&identity(), &entries);
    let condition = only(&made, "Condition");
    assert_eq!(condition.get("clinicalStatus").unwrap()["coding"][0]["code"], "resolved");
    assert_eq!(condition.get("abatementDateTime").unwrap(), "2026-01-05");
    let task = only(&made, "Task");
    assert_eq!(task.get("restriction").unwrap()["period"]["end"], "2026-03-01");
    assert_eq!(task.get("performerType").unwrap()[0]["coding"][0]["code"], "social_worker");
    assert_eq!(only(&made, "ServiceRequest").get("status").unwrap(), "revoked");
}

#[test]
fn a_need_is_a_plan_with_its_actions_and_a_new_dose_ends_the_old_one() {
    let entries = [
        entry(
            1,
            date(2026, 1, 5),
            json!({ "kind": "health_need", "need": "n1", "area": "sleep", "text": "Wakes at night", "child_words": "I hear the road" }),
        ),
        entry(
            2,
            date(2026, 1, 6),
            json!({ "kind": "health_action", "need": "n1", "action": "a1", "text": "Ask the clinic", "owner": "gp", "by": "2026-03-01" }),
        ),
        entry(
            3,
            date(2026, 1, 6),
            json!({ "kind": "health_action", "action": "a2", "text": "New glasses", "owner": "gp", "by": "2026-03-01" }),
        ),
        entry(
            4,
            date(2026, 1, 7),
            json!({ "kind": "medicine_started", "item": "m1", "name": "Melatonin", "dose": "2 mg", "how": "at night" }),
        ),
        entry(
            5,
            date(2026, 2, 7),
            json!({ "kind": "medicine_started", "item": "m1", "name": "Melatonin", "dose": "3 mg" }),
        ),
        entry(
            6,
            date(2026, 3, 7),
            json!({ "kind": "medicine_stopped", "item": "m1", "text": "Sleeps well" }),
        ),
        entry(
            7,
            date(2026, 3, 8),
            json!({ "kind": "health_need_closed", "need": "n1", "outcome": "met", "text": "Sleeps through" }),
        ),
    ];
    let made = mapped(&identity(), &entries);
    let plan = only(&made, "CarePlan");
    assert_eq!(plan.get("status").unwrap(), "completed");
    assert_eq!(plan.get("period").unwrap(), &json!({ "start": "2026-01-05", "end": "2026-03-08" }));
    assert_eq!(plan.get("note").unwrap()[0]["text"], "In the child's own words: I hear the road");
    let tasks: Vec<&Resource> = made.iter().filter(|r| r.kind() == "Task").collect();
    assert_eq!(
        plan.get("activity").unwrap(),
        &json!([{ "reference": { "reference": tasks[0].reference() } }])
    );
    assert_eq!(tasks[0].get("basedOn").unwrap(), &json!([{ "reference": plan.reference() }]));
    assert_eq!(tasks[1].get("basedOn"), None);
    let taken: Vec<&Resource> = made.iter().filter(|r| r.kind() == "MedicationStatement").collect();
    assert_eq!(taken[0].get("status").unwrap(), "completed");
    assert_eq!(taken[0].get("dosage").unwrap()[0]["text"], "2 mg, at night");
    assert_eq!(taken[1].get("status").unwrap(), "stopped");
    assert_eq!(taken[1].get("effectivePeriod").unwrap()["end"], "2026-03-07");
    // A reader who may not read the need finds an action that belongs to no plan.
    let without = mapped(&identity(), &entries[1..]);
    assert!(without.iter().filter(|r| r.kind() == "Task").all(|task| task.get("basedOn").is_none()));
}

#[test]
fn the_circle_is_a_team_and_family_and_carers_are_related_persons() {
    let member = |n: u8, role: &'static str, name: Option<&'static str>| Member {
        entry: entry(n, date(2026, 1, 1), json!({ "kind": "note", "text": "x" })).id,
        role,
        name,
        parental_responsibility: role == "parent",
        start: date(2026, 1, 1),
        end: None,
    };
    let circle = [
        member(1, "parent", Some("Ash Ashdown")),
        member(2, "foster_carer", None),
        member(3, "looked_after_nurse", Some("Nell Hart")),
        member(4, "young_person", Some("Robin Ashdown")),
    ];
    let identity = identity();
    let child = ChildId(CHILD.parse::<Uuid>().unwrap());
    let facts = Facts {
        child,
        identity: &identity,
        born: None,
        died: None,
        entries: &[],
        circle: &circle,
        documents: &[],
        titles: &Plain,
    };
    let made = resources(&facts);
    let related: Vec<&Resource> = made.iter().filter(|r| r.kind() == "RelatedPerson").collect();
    assert_eq!(related.len(), 2);
    assert_eq!(related[0].get("relationship").unwrap()[0]["coding"][0]["code"], "PRN");
    assert_eq!(related[0].get("relationship").unwrap()[1]["coding"][0]["code"], "parental_responsibility");
    assert_eq!(related[1].get("name"), None);
    let team = only(&made, "CareTeam");
    let participants = team.get("participant").unwrap().as_array().unwrap();
    assert_eq!(participants.len(), 3, "the child is whom the team is for");
    assert_eq!(participants[0]["member"]["reference"], related[0].reference());
    assert_eq!(participants[2]["member"], json!({ "type": "Practitioner", "display": "Nell Hart" }));
}

#[test]
fn a_form_is_a_document_and_the_answers_to_a_questionnaire() {
    let question =
        |link: &str, answers| Item { link: link.into(), text: "Asked".into(), answers, items: vec![] };
    let document = Document {
        id: "d2".into(),
        form: "health.sdq".into(),
        version: 1,
        title: "Strengths".into(),
        at: "2026-03-11T09:15:00Z".parse().unwrap(),
        replaces: Some("d1".into()),
        replaced: false,
        address: "https://kinfold.example/d2".into(),
        sections: vec![Item {
            link: "who".into(),
            text: "Who".into(),
            answers: vec![],
            items: vec![
                question(
                    "informant",
                    vec![Answer::Code("sdq_informant".into(), "self".into(), "Young person".into())],
                ),
                question("nothing", vec![Answer::Text(" ".into())]),
                question("on", vec![Answer::Day(date(2026, 3, 1))]),
            ],
        }],
    };
    let identity = identity();
    let child = ChildId(CHILD.parse::<Uuid>().unwrap());
    let facts = Facts {
        child,
        identity: &identity,
        born: None,
        died: None,
        entries: &[],
        circle: &[],
        documents: &[document],
        titles: &Plain,
    };
    let made = resources(&facts);
    let response = only(&made, "QuestionnaireResponse");
    assert_eq!(response.get("questionnaire").unwrap(), "urn:kinfold:forms:health.sdq|1");
    let items = response.get("item").unwrap()[0]["item"].as_array().unwrap();
    assert_eq!(items.len(), 2, "what was not answered is left out");
    assert_eq!(items[0]["answer"][0]["valueCoding"]["code"], "self");
    assert_eq!(items[1]["answer"][0]["valueDate"], "2026-03-01");
    let reference = only(&made, "DocumentReference");
    assert_eq!(reference.get("relatesTo").unwrap()[0]["target"]["reference"], "DocumentReference/d1");
    made.iter().for_each(|resource| assert_no_empty(&resource.clone().json()));
}

#[test]
fn nobody_is_named_but_the_child() {
    let made = mapped(&identity(), &golden());
    let text = serde_json::to_string(&made.into_iter().map(Resource::json).collect::<Vec<_>>()).unwrap();
    for hidden in ["01980000-0000-7000-8000-000000000010", "01980000-0000-7000-8000-000000000020", "Priya"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[test]
fn a_bundle_holds_resources_under_their_addresses() {
    let made = mapped(&identity(), &[]);
    let at = "2026-03-11T09:15:00Z".parse().unwrap();
    let search = bundle(BundleKind::Search, "b1", "https://kinfold.example/fhir", at, made.clone());
    assert_eq!(search.get("total").unwrap(), 1);
    assert_eq!(
        search.get("entry").unwrap()[0]["fullUrl"],
        format!("https://kinfold.example/fhir/Patient/{CHILD}")
    );
    let handed = bundle(BundleKind::Collection, "b1", "https://kinfold.example/fhir", at, made);
    assert_eq!(handed.get("total"), None);
}

#[test]
fn a_server_says_what_it_can_do() {
    let observation = Served {
        kind: "Observation",
        profile: None,
        read: true,
        create: true,
        search: &[("patient", "reference")],
        operations: &[],
    };
    let everything = [("everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything")];
    let patient =
        Served { kind: "Patient", create: false, search: &[], operations: &everything, ..observation };
    let served = [observation, patient];
    let statement = capability("0.1.0", date(2026, 11, 22), &served);
    let resource = &statement.get("rest").unwrap()[0]["resource"][0];
    assert_eq!(resource["interaction"].as_array().unwrap().len(), 3);
    assert_eq!(resource["searchParam"][0]["name"], "patient");
    assert_eq!(resource.get("operation"), None);
    let patient = &statement.get("rest").unwrap()[0]["resource"][1];
    assert_eq!(patient["interaction"], json!([{ "code": "read" }]));
    assert_eq!(patient["operation"][0]["name"], "everything");
}

#[test]
fn what_is_no_resource_is_refused() {
    assert!(matches!(Resource::read("{"), Err(NotAResource::Json(_))));
    for text in ["[]", "1", "{}", r#"{"resourceType":1}"#] {
        assert_eq!(Resource::read(text), Err(NotAResource::NoType), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_may_be_sent(text in ".*") {
        let _ = Resource::read(&text);
    }

    #[test]
    fn whatever_was_written_makes_no_empty_element(name in ".{0,20}", code in ".{0,12}", text in ".{0,20}", weight in any::<i32>(), height in any::<i32>()) {
        let entries = [
            entry(1, date(2026, 3, 10), json!({ "kind": "condition_noted", "item": "c", "name": name, "code": code, "text": text })),
            entry(2, date(2026, 3, 10), json!({ "kind": "allergy_noted", "item": "a", "name": name, "reaction": text, "emergency": text })),
            entry(3, date(2026, 3, 10), json!({ "kind": "growth_measured", "weight_g": weight, "height_mm": height, "text": text })),
            entry(4, date(2026, 3, 10), json!({ "kind": "referral_made", "referral": "r", "service": "therapy", "goal": name, "to": text })),
            entry(6, date(2026, 3, 10), json!({ "kind": "health_need", "need": "n", "area": "emotional", "text": name, "goal": text, "child_words": code })),
            entry(7, date(2026, 3, 10), json!({ "kind": "medicine_started", "item": "m", "name": name, "dose": text, "how": code, "against": text })),
            entry(5, date(2026, 3, 10), json!({ "kind": "health_action", "action": "h", "text": text, "owner": "gp", "by": "2026-04-01" })),
        ];
        let who = Identity { given_name: name, family_name: text.clone(), known_as: Some(text), ..Identity::default() };
        for resource in mapped(&who, &entries) {
            assert_no_empty(&resource.json());
        }
    }
}
