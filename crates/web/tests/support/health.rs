//! Documents about health with something in every compartment that a form has, and the addresses at which another program
//! reads the same: what there is to find for somebody who walks everywhere.

use std::collections::BTreeSet;

use kinfold_casework::{Actor, Casework};
use kinfold_guidance::form::Section;
use kinfold_record::Sensitivity;
use serde_json::Value;
use uuid::Uuid;

use super::browser::Browser;
use super::marks::{SECRETS, mark};
use super::{OPEN, forms};

/// The assessments between which every sensitivity of a section comes up.
const ASSESSMENTS: [&str; 2] = ["health.review_10_and_over", "health.initial_assessment"];

/// What is written in a section of an assessment: the mark of what its label keeps.
fn words(section: &Section) -> String {
    match section.sensitivity {
        Sensitivity::Health => mark(OPEN, "zqill"),
        Sensitivity::SexualHealth => mark(OPEN, "zqsexual"),
        Sensitivity::SubstanceUse => mark(OPEN, "zqdrugs"),
        Sensitivity::FamilyHealth => mark(OPEN, "zqgenes"),
        Sensitivity::Safeguarding => mark(OPEN, "zqsafe"),
        Sensitivity::Ordinary => "At school".to_owned(),
        other => panic!("no form has a section that is {}", other.as_str()),
    }
}

/// Assessments of health, submitted.
pub async fn assessments(casework: &Casework, nurse: &Actor) -> Vec<Uuid> {
    let mut documents = Vec::new();
    for form in ASSESSMENTS {
        documents.push(forms::submitted(casework, nurse, OPEN, form, words).await);
    }
    documents
}

/// Where another program asks for what a reader finds about the open child: each kind by a search, and each thing that bears
/// a mark by its own address.
pub async fn programs_ask(reader: &mut Browser) -> Vec<String> {
    let answer = reader.get(&format!("/fhir/Patient/{OPEN}/$everything")).await;
    let bundle: Value = serde_json::from_str(&answer.body).unwrap();
    let found: Vec<&Value> = bundle["entry"].as_array().unwrap().iter().map(|e| &e["resource"]).collect();
    let kind = |resource: &Value| resource["resourceType"].as_str().unwrap().to_owned();
    let kinds: BTreeSet<String> = found.iter().map(|resource| kind(resource)).collect();
    let marked = |resource: &&&Value| {
        let text = resource.to_string().to_lowercase();
        SECRETS.iter().any(|(_, m)| text.contains(&mark(OPEN, m)))
    };
    let alone =
        found.iter().filter(marked).map(|r| format!("/fhir/{}/{}", kind(r), r["id"].as_str().unwrap()));
    kinds.iter().map(|kind| format!("/fhir/{kind}?patient={OPEN}")).chain(alone).collect()
}

/// What a nurse of the circle may know, and where: the passport as a file, the assessments, and everything as a bundle.
pub fn known_to_the_nurse(assessments: &[Uuid]) -> Vec<(String, Vec<&'static str>)> {
    let document = |at: usize| format!("/children/{OPEN}/documents/{}", assessments[at]);
    vec![
        (format!("/children/{OPEN}/health/passport/copy"), vec!["zqill"]),
        (document(0), vec!["zqill", "zqsexual", "zqdrugs"]),
        (document(1), vec!["zqill", "zqgenes"]),
        (format!("/fhir/Patient/{OPEN}/$everything"), vec!["zqill"]),
    ]
}
