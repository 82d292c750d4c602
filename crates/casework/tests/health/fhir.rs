//! The record as FHIR: for each person what policy gives them and nothing else, with its line in the log, on both databases.

use jiff::civil::date;
use kinfold_casework::{Actor, Error};
use kinfold_record::{ChildId, Event, Sensitivity};
use kinfold_store::testing::both;
use serde_json::{Value, json};

use crate::world::{
    CARER, CLERK, EVERYBODY, HIDDEN, NURSE, OPEN, REVIEWER, STRANGER, WORKER, World, event, id,
};

const CHILD: fn() -> ChildId = || ChildId(id(OPEN));

/// One fact for each label, each with a mark of its own, and one in each compartment.
fn facts() -> Vec<(jiff::civil::Date, Event, Sensitivity)> {
    let on = date(2026, 10, 5);
    let allergy = |mark: &str| event(json!({"kind": "allergy_noted", "item": mark, "name": mark}));
    let condition = |mark: &str| event(json!({"kind": "condition_noted", "item": mark, "name": mark}));
    vec![
        (on, allergy("zqordinary"), Sensitivity::Ordinary),
        (on, allergy("zqhealth"), Sensitivity::Health),
        (on, condition("zqthird"), Sensitivity::ThirdParty),
        (on, condition("zqsafeguarding"), Sensitivity::Safeguarding),
        (on, condition("zqrestricted"), Sensitivity::Restricted),
        (on, condition("zqfamily"), Sensitivity::FamilyHealth),
        (on, condition("zqsexual"), Sensitivity::SexualHealth),
        (on, condition("zqtherapy"), Sensitivity::Therapy),
        (on, event(json!({"kind": "therapy_note", "text": "zqnote"})), Sensitivity::Therapy),
    ]
}

/// What somebody may find of the marks, from the policies in words.
fn may_find(person: u128, mark: &str) -> bool {
    match (person, mark) {
        (STRANGER | CLERK, _) => false,
        (_, "zqrestricted" | "zqsexual" | "zqtherapy" | "zqnote") => false,
        (NURSE, "zqthird" | "zqsafeguarding") => false,
        (CARER, "zqthird" | "zqsafeguarding" | "zqfamily") => false,
        (REVIEWER, "zqfamily") => false,
        _ => true,
    }
}

const MARKS: [&str; 9] = [
    "zqordinary",
    "zqhealth",
    "zqthird",
    "zqsafeguarding",
    "zqrestricted",
    "zqfamily",
    "zqsexual",
    "zqtherapy",
    "zqnote",
];

async fn all(world: &World, actor: &Actor, child: ChildId) -> Option<String> {
    match world.casework.fhir_everything(actor, child).await {
        Ok(bundle) => Some(bundle.to_string()),
        Err(Error::Absent) => None,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_holds_nothing_that_policy_denies() {
    for database in both().await {
        println!("on {}", database.name);
        let world = World::with(database, &facts()).await;
        for person in EVERYBODY {
            let actor = world.sign_in(person).await;
            let text = all(&world, &actor, CHILD()).await;
            assert_eq!(text.is_none(), person == STRANGER, "{person}");
            let text = text.unwrap_or_default();
            for mark in MARKS {
                assert!(may_find(person, mark) || !text.contains(mark), "{person} finds {mark}");
            }
            assert!(!text.contains("Mill Lane"), "{person} finds the confidential address");
            assert!(person != WORKER || text.contains("zqhealth"), "the test sees nothing at all");
            if person != WORKER {
                let hidden = all(&world, &actor, ChildId(id(HIDDEN))).await;
                assert!(hidden.is_none(), "{person} finds the hidden child");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_an_export_in_the_log() {
    for database in both().await {
        println!("on {}", database.name);
        let world = World::with(database, &facts()).await;
        let worker = world.sign_in(WORKER).await;
        let before = world.log_size().await;
        let patient = world.casework.fhir_patient(&worker, CHILD()).await.unwrap();
        assert_eq!((&patient["resourceType"], &patient["gender"]), (&json!("Patient"), &json!("female")));
        let found = world.casework.fhir_search(&worker, CHILD(), "AllergyIntolerance").await.unwrap();
        let kinds: Vec<&Value> =
            found["entry"].as_array().unwrap().iter().map(|e| &e["resource"]["resourceType"]).collect();
        assert_eq!(kinds, [&json!("AllergyIntolerance"); 2]);
        assert_eq!(found["total"], 2);
        let none = world.casework.fhir_search(&worker, CHILD(), "Immunization").await.unwrap();
        assert_eq!((&none["total"], none.get("entry")), (&json!(0), None));
        assert_eq!(world.log_size().await, before + 3);
        let unknown = world.casework.fhir_search(&worker, CHILD(), "Practitioner").await;
        assert!(matches!(unknown, Err(Error::Absent)));
        let stranger = world.sign_in(STRANGER).await;
        let before = world.log_size().await;
        assert!(matches!(world.casework.fhir_patient(&stranger, CHILD()).await, Err(Error::Absent)));
        assert_eq!(world.log_size().await, before + 1, "a refusal is a line too");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_statement_says_what_is_served_and_no_more() {
    let world = World::with(kinfold_store::testing::sqlite().await, &[]).await;
    let statement = world.casework.fhir_statement("1.2.3");
    let worker = world.sign_in(WORKER).await;
    for resource in statement["rest"][0]["resource"].as_array().unwrap() {
        let kind = resource["type"].as_str().unwrap();
        let searched = resource["interaction"].as_array().unwrap().contains(&json!({"code": "search-type"}));
        let found = world.casework.fhir_search(&worker, CHILD(), kind).await;
        assert_eq!(found.is_ok(), searched, "{kind}");
    }
}
