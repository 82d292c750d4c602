//! The record as FHIR: for each person what policy gives them and nothing else, with its line in the log, on both databases.

use jiff::civil::date;
use kinfold_casework::{Actor, Error, FhirTaken};
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
        (
            on,
            event(json!({"kind": "health_need", "need": "n1", "area": "emotional", "text": "zqplan"})),
            Sensitivity::Health,
        ),
        (
            on,
            event(json!({"kind": "health_need", "need": "n2", "area": "emotional", "text": "zqhiddenplan"})),
            Sensitivity::Safeguarding,
        ),
        // What is done may be read where what it is for may not.
        (
            on,
            event(
                json!({"kind": "health_action", "need": "n2", "action": "a1", "text": "zqtask", "owner": "gp",
                "by": "2027-01-05"}),
            ),
            Sensitivity::Health,
        ),
        (
            on,
            event(json!({"kind": "medicine_started", "item": "m1", "name": "zqmedicine"})),
            Sensitivity::Health,
        ),
        (
            on,
            event(json!({"kind": "medicine_started", "item": "m2", "name": "zqhiddenmedicine"})),
            Sensitivity::Restricted,
        ),
        (
            on,
            event(json!({"kind": "circle_joined", "role": "therapist", "name": "zqtherapist"})),
            Sensitivity::Ordinary,
        ),
        (
            on,
            event(json!({"kind": "circle_joined", "role": "parent", "name": "zqparent"})),
            Sensitivity::Ordinary,
        ),
        (
            on,
            event(json!({"kind": "circle_joined", "role": "relative", "name": "zqhiddenrelative"})),
            Sensitivity::Restricted,
        ),
    ]
}

/// What somebody may find of the marks, from the policies in words.
fn may_find(person: u128, mark: &str) -> bool {
    match (person, mark) {
        (STRANGER | CLERK, _) => false,
        // Who is in the circle is everyday knowledge of everybody in it; family only with a right to contacts or to facts
        // about others.
        (_, "zqtherapist") if person != STRANGER => true,
        (
            _,
            "zqrestricted" | "zqsexual" | "zqtherapy" | "zqnote" | "zqhiddenmedicine" | "zqhiddenrelative",
        ) => false,
        (CARER | NURSE, "zqhiddenplan") => false,
        // A questionnaire answer by answer: those who work with it, and neither the home nor the reviewer.
        (CARER | REVIEWER, "items-1\"") => false,
        (NURSE, "zqthird" | "zqsafeguarding") => false,
        (CARER, "zqthird" | "zqsafeguarding" | "zqfamily") => false,
        (REVIEWER, "zqfamily") => false,
        _ => true,
    }
}

const MARKS: [&str; 19] = [
    "zqordinary",
    "zqhealth",
    "zqthird",
    "zqsafeguarding",
    "zqrestricted",
    "zqfamily",
    "zqsexual",
    "zqtherapy",
    "zqnote",
    "zqplan",
    "zqhiddenplan",
    "zqtask",
    "zqmedicine",
    "zqhiddenmedicine",
    "zqtherapist",
    "zqparent",
    "zqhiddenrelative",
    "zqlanguage",
    "items-1\"",
];

/// The types that are read, with a mark that only a resource of the type holds, for whoever reads all of it.
const TYPES: [(&str, &str); 6] = [
    ("CarePlan", "zqplan"),
    ("CareTeam", "zqtherapist"),
    ("RelatedPerson", "PRN"),
    ("DocumentReference", "current"),
    ("QuestionnaireResponse", "zqlanguage"),
    ("MedicationStatement", "zqmedicine"),
];

/// A questionnaire that somebody outside answered, handed in by the social worker.
async fn hand_in(world: &World) {
    let worker = world.sign_in(WORKER).await;
    let sent = crate::intake::questionnaire("zqlanguage", "f1");
    let taken = world.casework.fhir_create(&worker, "QuestionnaireResponse", &sent.to_string()).await;
    assert!(matches!(taken, Ok(FhirTaken::Created { .. })), "{taken:?}");
}

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
        hand_in(&world).await;
        for person in EVERYBODY {
            let actor = world.sign_in(person).await;
            let text = all(&world, &actor, CHILD()).await;
            assert_eq!(text.is_none(), person == STRANGER, "{person}");
            let text = text.unwrap_or_default();
            for mark in MARKS {
                assert!(may_find(person, mark) || !text.contains(mark), "{person} finds {mark}");
            }
            assert!(!text.contains("Mill Lane"), "{person} finds the confidential address");
            by_id(&world, &actor, person, &text).await;
            assert!(person != WORKER || text.contains("zqhealth"), "the test sees nothing at all");
            if person != WORKER {
                let hidden = all(&world, &actor, ChildId(id(HIDDEN))).await;
                assert!(hidden.is_none(), "{person} finds the hidden child");
            }
        }
    }
}

/// Every resource of the bundle is read by its id; and of what others find, this person reads by id what they find too.
async fn by_id(world: &World, actor: &Actor, person: u128, text: &str) {
    let bundle: Value = if text.is_empty() { json!({}) } else { serde_json::from_str(text).unwrap() };
    let mine: Vec<&Value> =
        bundle["entry"].as_array().into_iter().flatten().map(|e| &e["resource"]).collect();
    for (kind, mark) in TYPES {
        let of_kind: Vec<&&Value> = mine.iter().filter(|r| r["resourceType"] == kind).collect();
        if person == WORKER {
            assert!(of_kind.iter().any(|r| r.to_string().contains(mark)), "no {kind} with {mark}");
        }
        for resource in of_kind {
            let id = resource["id"].as_str().unwrap();
            let read = world.casework.fhir_read(actor, kind, id).await.unwrap();
            assert_eq!(&read, *resource, "{kind}");
        }
    }
    let all = all_ids(world).await;
    for (kind, id) in all {
        let found = mine.iter().any(|r| r["resourceType"] == kind.as_str() && r["id"] == id.as_str());
        let read = world.casework.fhir_read(actor, &kind, &id).await;
        assert_eq!(read.is_ok(), found, "{person}: {kind}/{id}");
        assert!(found || matches!(read, Err(Error::Absent)));
    }
}

/// Type and id of whatever could be made of any entry, and of the child's team.
async fn all_ids(world: &World) -> Vec<(String, String)> {
    let mut unit = world.database.store.read().await.unwrap();
    let rows = unit.entries(id(OPEN)).await.unwrap();
    let documents = unit.form_documents(id(OPEN)).await.unwrap();
    let mut out = vec![("CareTeam".to_owned(), format!("{}-team", id(OPEN)))];
    for row in &rows {
        let kinds = match row.kind.as_str() {
            "health_need" => "CarePlan",
            "medicine_started" => "MedicationStatement",
            "condition_noted" => "Condition",
            "circle_joined" => {
                out.push(("RelatedPerson".to_owned(), format!("{}-person", row.id)));
                continue;
            }
            _ => continue,
        };
        out.push((kinds.to_owned(), row.id.to_string()));
    }
    for document in documents {
        out.push(("DocumentReference".to_owned(), document.id.to_string()));
        out.push(("QuestionnaireResponse".to_owned(), document.id.to_string()));
    }
    assert!(out.len() > 10);
    out
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
