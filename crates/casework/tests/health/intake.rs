//! What other programs send in: for those who may record it, once, in one transaction, and refused with what to do.

use jiff::civil::date;
use kinfold_casework::{Error, FhirTaken};
use kinfold_record::{Entry, Event};
use kinfold_store::testing::both;
use serde_json::{Value, json};

use crate::world::{CLERK, NURSE, OPEN, REVIEWER, STRANGER, WORKER, World, event, id};

fn base(kind: &str, identifier: &str) -> Value {
    json!({
        "resourceType": kind,
        "identifier": [{ "system": "urn:surgery", "value": identifier }],
    })
}

fn observation(code: &str, value: f64, unit: &str, identifier: &str) -> Value {
    let mut out = base("Observation", identifier);
    out["status"] = json!("final");
    out["subject"] = json!({ "reference": format!("Patient/{}", id(OPEN)) });
    out["effectiveDateTime"] = json!("2026-11-20");
    out["code"] = json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
    out["valueQuantity"] = json!({ "value": value, "system": "http://unitsofmeasure.org", "code": unit });
    out
}

fn immunization(vaccine: &str, identifier: &str) -> Value {
    let mut out = base("Immunization", identifier);
    out["status"] = json!("completed");
    out["patient"] = json!({ "reference": format!("Patient/{}", id(OPEN)) });
    out["occurrenceDateTime"] = json!("2026-10-20");
    out["vaccineCode"] = json!({ "coding": [{ "system": "urn:kinfold:codes:vaccine", "code": vaccine }] });
    out
}

/// A whole questionnaire about the open child, in this language.
pub fn questionnaire(language: &str, identifier: &str) -> Value {
    let code = |code: &str| json!([{ "valueCoding": { "code": code } }]);
    let mut items = vec![
        json!({ "linkId": "filled_in", "answer": [{ "valueBoolean": true }] }),
        json!({ "linkId": "informant", "answer": code("parent_carer") }),
        json!({ "linkId": "form_carer", "answer": code("p2_4") }),
        json!({ "linkId": "filled_on", "answer": [{ "valueDate": "2026-11-10" }] }),
        json!({ "linkId": "language", "answer": [{ "valueString": language }] }),
    ];
    items.extend(
        (1..=25).map(|n| json!({ "linkId": format!("items-{n}"), "answer": [{ "valueInteger": 1 }] })),
    );
    let mut out = base("QuestionnaireResponse", identifier);
    out["identifier"] = json!({ "system": "urn:school", "value": identifier });
    out["questionnaire"] = json!("urn:kinfold:forms:health.sdq");
    out["status"] = json!("completed");
    out["subject"] = json!({ "reference": format!("Patient/{}", id(OPEN)) });
    out["item"] = json!([{ "linkId": "all", "item": items }]);
    out
}

async fn entries(world: &World) -> Vec<Entry> {
    let mut unit = world.database.store.read().await.unwrap();
    unit.entries(id(OPEN)).await.unwrap().iter().map(|row| row.entry().unwrap()).collect()
}

async fn send(world: &World, person: u128, value: &Value) -> Result<FhirTaken, Error> {
    let actor = world.sign_in(person).await;
    let kind = value["resourceType"].as_str().unwrap();
    world.casework.fhir_create(&actor, kind, &value.to_string()).await
}

fn reference(taken: Result<FhirTaken, Error>) -> String {
    match taken {
        Ok(FhirTaken::Created { reference }) => reference,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measurement_is_recorded_once_whoever_sends_it() {
    for database in both().await {
        println!("on {}", database.name);
        let world = World::with(database, &[]).await;
        let before = entries(&world).await.len();
        let lines = world.log_size().await;
        let weight = observation("29463-7", 12.75, "kg", "w1");
        let first = reference(send(&world, NURSE, &weight).await);
        let after = entries(&world).await;
        assert_eq!(after.len(), before + 1);
        let recorded = after.last().unwrap();
        assert_eq!(recorded.event, event(json!({"kind": "growth_measured", "weight_g": 12750})));
        assert_eq!((recorded.happened_on, recorded.recorded_by.unwrap().0), (date(2026, 11, 20), id(NURSE)));
        assert!(world.log_size().await > lines + 1, "the record says so and how it came");
        // The same again, by the same and by a colleague; then something else under the same identifier.
        for person in [NURSE, WORKER] {
            let again = send(&world, person, &weight).await.unwrap();
            assert_eq!(again, FhirTaken::Already { reference: first.clone() });
        }
        let other = send(&world, NURSE, &observation("29463-7", 13.0, "kg", "w1")).await;
        assert!(matches!(other, Err(Error::Conflict { .. })), "{other:?}");
        // What we wrote ourselves comes back: the same fact, and nothing is recorded.
        let nurse = world.sign_in(NURSE).await;
        let (kind, place) = first.split_once('/').unwrap();
        let ours = world.casework.fhir_read(&nurse, kind, place).await.unwrap();
        assert_eq!(ours["valueQuantity"]["value"], 12.75);
        assert_eq!(
            send(&world, NURSE, &ours).await.unwrap(),
            FhirTaken::Already { reference: first.clone() }
        );
        // Passed on under another identifier it is the same fact once more.
        let mut passed = ours.clone();
        passed["identifier"] = json!([{ "system": "urn:elsewhere", "value": "9" }]);
        reference(send(&world, NURSE, &passed).await);
        let twice = entries(&world).await;
        assert_eq!(twice[before].event, twice[before + 1].event);
        assert_eq!(twice.len(), before + 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_record_it_may_not_send_it() {
    let world = World::with(kinfold_store::testing::sqlite().await, &[]).await;
    let before = entries(&world).await.len();
    let weight = observation("29463-7", 12.75, "kg", "w1");
    assert!(matches!(send(&world, STRANGER, &weight).await, Err(Error::Absent)));
    let mut nobodys = weight.clone();
    nobodys["subject"] = json!({ "reference": format!("Patient/{}", id(999)) });
    assert!(matches!(send(&world, WORKER, &nobodys).await, Err(Error::Absent)));
    // The reviewing officer reads the record and records no health.
    let refused = send(&world, REVIEWER, &immunization("mmr", "i1")).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(matches!(send(&world, STRANGER, &questionnaire("x", "q1")).await, Err(Error::Absent)));
    assert_eq!(entries(&world).await.len(), before);
    assert!(matches!(send(&world, CLERK, &json!({"resourceType": "Patient"})).await, Err(Error::Invalid(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_and_what_is_doubtful_asked_about() {
    let world = World::with(kinfold_store::testing::sqlite().await, &[]).await;
    let before = entries(&world).await.len();
    // Nobody is so heavy; nobody of two years is so tall.
    for (code, value, unit) in [("29463-7", 400.0, "kg"), ("8302-2", 176.0, "cm"), ("9843-4", 5.0, "cm")] {
        let refused = send(&world, NURSE, &observation(code, value, unit, "x")).await;
        assert!(matches!(refused, Err(Error::Impossible(_))), "{value} {unit}: {refused:?}");
    }
    // Hardly any child of two years is so heavy.
    let mut heavy = observation("29463-7", 24.0, "kg", "h1");
    let asked = send(&world, NURSE, &heavy).await.unwrap();
    assert!(
        matches!(&asked, FhirTaken::Doubtful { doubts } if doubts[0].contains("Measure again")),
        "{asked:?}"
    );
    assert_eq!(entries(&world).await.len(), before, "nothing is recorded before somebody says so");
    heavy["meta"] = json!({ "tag": [{ "system": "urn:kinfold:fhir", "code": "confirmed" }] });
    reference(send(&world, NURSE, &heavy).await);
    reference(send(&world, NURSE, &immunization("mmr", "i1")).await);
    let twice = send(&world, NURSE, &immunization("mmr", "i2")).await.unwrap();
    assert!(matches!(twice, FhirTaken::Doubtful { .. }), "{twice:?}");
    let unknown = send(&world, NURSE, &immunization("elixir", "i3")).await;
    assert!(matches!(unknown, Err(Error::Invalid(_))), "{unknown:?}");
    assert_eq!(entries(&world).await.len(), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_is_handed_in_whole_or_not_at_all() {
    for database in both().await {
        println!("on {}", database.name);
        let world = World::with(database, &[]).await;
        let before = entries(&world).await.len();
        let mut half = questionnaire("English", "q1");
        half["item"][0]["item"].as_array_mut().unwrap().retain(|item| item["linkId"] != "filled_on");
        let Err(Error::Invalid(problems)) = send(&world, WORKER, &half).await else { panic!("half a form") };
        assert_eq!(problems.len(), 1, "{problems:?}");
        let mut odd = questionnaire("English", "q1");
        odd["item"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "linkId": "items-99", "answer": [{ "valueInteger": 1 }] }));
        odd["item"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "linkId": "mood", "answer": [{ "valueString": "low" }] }));
        let Err(Error::Invalid(problems)) = send(&world, WORKER, &odd).await else {
            panic!("no such question")
        };
        let at: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(
            at,
            [
                "QuestionnaireResponse.item.where(linkId='items-99')",
                "QuestionnaireResponse.item.where(linkId='mood')"
            ]
        );
        let mut old = questionnaire("English", "q1");
        old["questionnaire"] = json!("urn:kinfold:forms:health.sdq|99");
        assert!(matches!(send(&world, WORKER, &old).await, Err(Error::Invalid(_))));
        {
            let mut unit = world.database.store.read().await.unwrap();
            assert!(unit.forms_of(id(OPEN)).await.unwrap().is_empty(), "nothing is left of what was refused");
        }
        assert_eq!(entries(&world).await.len(), before);

        let whole = questionnaire("English", "q1");
        let first = reference(send(&world, WORKER, &whole).await);
        let after = entries(&world).await;
        assert!(after.iter().any(|e| matches!(&e.event, Event::Sdq { total: Some(20), .. })), "scored");
        let again = send(&world, WORKER, &whole).await.unwrap();
        assert_eq!(again, FhirTaken::Already { reference: first.clone() });
        assert_eq!(entries(&world).await.len(), after.len());
        let nurse = world.sign_in(NURSE).await;
        let (kind, place) = first.split_once('/').unwrap();
        let read = world.casework.fhir_read(&nurse, kind, place).await.unwrap();
        assert_eq!(read["questionnaire"], "urn:kinfold:forms:health.sdq|1");
        // What we wrote of it is taken in again as the same answers.
        let mut passed = read.clone();
        passed["identifier"] = json!({ "system": "urn:elsewhere", "value": "9" });
        reference(send(&world, NURSE, &passed).await);
    }
}
