//! FHIR through the real router: what is sent in needs the token of the session, and a program is always answered in its
//! own words.

use crate::support::people::someone;
use crate::support::{Answer, Council, OPEN, Tie};
use axum::http::{Method, StatusCode};
use kinfold_access::Role;
use kinfold_store::testing;
use serde_json::{Value, json};

fn weight(value: f64, identifier: &str) -> Value {
    json!({
        "resourceType": "Observation",
        "status": "final",
        "identifier": [{ "system": "urn:surgery", "value": identifier }],
        "subject": { "reference": format!("Patient/{OPEN}") },
        "effectiveDateTime": "2026-01-05",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "29463-7" }] },
        "valueQuantity": { "value": value, "system": "http://unitsofmeasure.org", "code": "kg" },
    })
}

fn outcome(answer: &Answer) -> Value {
    let value: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body));
    assert_eq!(value["resourceType"], "OperationOutcome", "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/fhir+json; charset=utf-8");
    value
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_in_needs_the_token_and_is_recorded_once() {
    let worker = someone(Role::SocialWorker, Tie::Circle);
    let council = Council::open(testing::sqlite().await, vec![worker.clone()], 1).await;
    let mut browser = council.as_person(&worker).await;
    let told: Value = serde_json::from_str(&browser.get("/fhir/$token").await.body).unwrap();
    assert_eq!(told["parameter"][0]["valueString"], browser.csrf.as_str());
    let before = council.entries(OPEN).await;
    let body = weight(20.0, "1").to_string();
    let token = browser.csrf.clone();
    let fhir = ("content-type", "application/fhir+json");
    for (headers, status) in [
        (vec![fhir], StatusCode::FORBIDDEN),
        (vec![fhir, ("x-csrf-token", "0123456789abcdef")], StatusCode::FORBIDDEN),
        (
            vec![fhir, ("x-csrf-token", token.as_str()), ("sec-fetch-site", "cross-site")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![fhir, ("x-csrf-token", token.as_str()), ("origin", "https://elsewhere.example")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![("content-type", "text/plain"), ("x-csrf-token", token.as_str())],
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
    ] {
        let answer = browser.ask_with(Method::POST, "/fhir/Observation", Some(body.clone()), &headers).await;
        assert_eq!(answer.status, status, "{headers:?}");
        outcome(&answer);
    }
    let large = weight(20.0, &"x".repeat(2 * 1024 * 1024)).to_string();
    assert_eq!(browser.send_fhir("/fhir/Observation", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(council.entries(OPEN).await, before, "nothing was recorded");

    let first = browser.send_fhir("/fhir/Observation", &body).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(outcome(&first)["issue"][0]["severity"], "information");
    let again = browser.send_fhir("/fhir/Observation", &body).await;
    assert_eq!((again.status, again.location()), (StatusCode::OK, first.location()));
    let other = browser.send_fhir("/fhir/Observation", &weight(21.0, "1").to_string()).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    outcome(&other);
    assert_eq!(council.entries(OPEN).await, before + 1);
    browser.confirm().await;
    let read: Value = serde_json::from_str(&browser.get(first.location()).await.body).unwrap();
    assert_eq!(read["valueQuantity"]["value"], 20.0);

    let wrong = browser.send_fhir("/fhir/Observation", "{}").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let wrong = browser.send_fhir("/fhir/Observation", &weight(-1.0, "2").to_string()).await;
    assert_eq!(outcome(&wrong)["issue"][0]["expression"][0], "Observation.valueQuantity.value");
    let impossible = browser.send_fhir("/fhir/Observation", &weight(400.0, "3").to_string()).await;
    assert_eq!(impossible.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(outcome(&impossible)["issue"][0]["code"], "business-rule");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_in_its_own_words_that_there_is_nothing() {
    let worker = someone(Role::SocialWorker, Tie::Circle);
    let council = Council::open(testing::sqlite().await, vec![worker.clone()], 1).await;
    let mut browser = council.as_person(&worker).await;
    let mut said = Vec::new();
    for path in [
        "/fhir/",
        "/fhir/a/b/c/d/e",
        "/fhir/Observation/nobody",
        "/fhir/Practitioner/1",
        "/fhir/Patient/nobody",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        outcome(&answer);
        said.push(answer.body);
    }
    said.dedup();
    assert_eq!(said.len(), 1, "all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_or_deleted_from_outside_and_a_program_is_told_so() {
    let worker = someone(Role::SocialWorker, Tie::Circle);
    let council = Council::open(testing::sqlite().await, vec![worker.clone()], 1).await;
    let mut browser = council.as_person(&worker).await;
    let before = council.entries(OPEN).await;
    let (csrf, patient) = (browser.csrf.clone(), format!("/fhir/Patient/{OPEN}"));
    let headers = [("content-type", "application/fhir+json"), ("x-csrf-token", csrf.as_str())];
    let body = weight(20.0, "1").to_string();
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        for path in [patient.as_str(), "/fhir/Observation/1", "/fhir/Observation", "/fhir/metadata"] {
            let answer = browser.ask_with(method.clone(), path, Some(body.clone()), &headers).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(outcome(&answer)["issue"][0]["code"], "not-supported");
            assert!(answer.headers["allow"].to_str().unwrap().contains("GET"), "{method} {path}");
        }
    }
    // Signed in or not, there or not: the answer is about the address alone.
    let signed_in = browser.ask_with(Method::PUT, &patient, Some(body.clone()), &headers).await;
    let stranger =
        council.stranger().ask_with(Method::PUT, "/fhir/Patient/nobody", Some(body), &headers).await;
    assert_eq!((signed_in.status, signed_in.body), (stranger.status, stranger.body));
    assert_eq!(council.entries(OPEN).await, before);
    let page = browser.ask_with(Method::DELETE, "/account", None, &headers).await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(!page.body.contains("OperationOutcome"), "pages are not told in the words of programs");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_passport_is_kept_as_a_pdf() {
    let nurse = someone(Role::DesignatedNurse, Tie::Circle);
    let council = Council::open(testing::sqlite().await, vec![nurse.clone()], 1).await;
    let mut browser = council.as_person(&nurse).await;
    let asked = browser.get(&format!("/children/{OPEN}/health/passport/copy")).await;
    assert!(asked.location().starts_with("/confirm-password"), "what is taken away asks for the password");
    browser.confirm().await;
    let answer = browser.get(&format!("/children/{OPEN}/health/passport/copy")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.location());
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert!(answer.body.starts_with("%PDF-1."));
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"health-passport.pdf\"");
    let bundle = browser.get(&format!("/fhir/Patient/{OPEN}/$passport")).await;
    let bundle: Value = serde_json::from_str(&bundle.body).unwrap();
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&json!("Bundle"), &json!("collection")));
}
