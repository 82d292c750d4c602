//! What went wrong, for a program: an OperationOutcome. Denied looks like absent here too.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Error;
use serde_json::{Value, json};

use super::fhir;
use crate::oops::Oops;

/// The answer to what went wrong. Whoever has to sign in, or give the password again, is sent there as from every page.
pub(super) fn said(oops: Oops) -> Response {
    let error = match oops {
        Oops::Casework(error) => error,
        other => return other.into_response(),
    };
    let (status, code) = match &error {
        Error::SignedOut | Error::Reauthenticate => return Oops::Casework(error).into_response(),
        Error::Absent => (StatusCode::NOT_FOUND, "not-found"),
        Error::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
        Error::Invalid(_) => (StatusCode::BAD_REQUEST, "invalid"),
        // What was sent is well made and cannot be true beside the rest of the record.
        Error::Impossible(_) => (StatusCode::UNPROCESSABLE_ENTITY, "business-rule"),
        Error::Conflict { .. } => (StatusCode::CONFLICT, "conflict"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "throttled"),
        _ => {
            let reference = kinfold_casework::record::form_key()[..8].to_owned();
            tracing::error!(%reference, %error, "a FHIR answer failed");
            let words = format!("Something went wrong on our side. Its reference is {reference}.");
            return (StatusCode::INTERNAL_SERVER_ERROR, fhir(&outcome("exception", &[words])))
                .into_response();
        }
    };
    let issues: Vec<(String, String)> = match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| (p.message, p.field)).collect(),
        Error::Impossible(problems) => problems.into_iter().map(|p| (p.message, String::new())).collect(),
        Error::Conflict { .. } => vec![(
            "Something else was recorded under this identifier, or somebody else changed the record. Correct what was \
             recorded in Kinfold, or send it under another identifier."
                .to_owned(),
            String::new(),
        )],
        error => vec![(error.to_string(), String::new())],
    };
    let issues: Vec<Value> = issues
        .iter()
        .map(|(words, at)| {
            let mut issue = json!({ "severity": "error", "code": code, "diagnostics": words });
            // Only what is an element of a resource: a parameter of a search is none.
            if at.contains('.')
                && let Some(map) = issue.as_object_mut()
            {
                map.insert("expression".to_owned(), json!([at]));
            }
            issue
        })
        .collect();
    (status, fhir(&json!({ "resourceType": "OperationOutcome", "issue": issues }))).into_response()
}

/// The answer to an address under `/fhir/` that does not exist.
pub(crate) fn nothing() -> Response {
    said(Oops::Casework(Error::Absent))
}

/// The answer to a method that nothing here takes.
pub(crate) fn wrong_method() -> Response {
    let words = "Entries are never changed or deleted from outside: this server takes GET, and POST to an address of a type. \
                 Correct or withdraw an entry in Kinfold.";
    refusal(StatusCode::METHOD_NOT_ALLOWED, "not-supported", words)
}

/// A refusal before anything was read.
pub(super) fn refusal(status: StatusCode, code: &str, words: &str) -> Response {
    (status, fhir(&outcome(code, &[words.to_owned()]))).into_response()
}

/// What was done, in a sentence.
pub(super) fn information(words: &str) -> Value {
    json!({ "resourceType": "OperationOutcome", "issue": [
        { "severity": "information", "code": "informational", "diagnostics": words },
    ] })
}

/// What looks doubtful, and how to say that it is so all the same.
pub(super) fn doubtful(doubts: &[String]) -> Response {
    let (system, code) = kinfold_casework::FHIR_CONFIRMED;
    let coding = json!({ "coding": [{ "system": system, "code": "confirm" }] });
    let issues: Vec<Value> = doubts
        .iter()
        .map(|doubt| {
            let words = format!(
                "{doubt} If somebody has looked at it and it is so, send it again with the tag {system}|{code} in meta.tag."
            );
            json!({ "severity": "error", "code": "business-rule", "details": coding, "diagnostics": words })
        })
        .collect();
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": issues });
    (StatusCode::UNPROCESSABLE_ENTITY, fhir(&outcome)).into_response()
}

fn outcome(code: &str, words: &[String]) -> Value {
    let issues: Vec<Value> = words
        .iter()
        .map(|words| json!({ "severity": "error", "code": code, "diagnostics": words }))
        .collect();
    json!({ "resourceType": "OperationOutcome", "issue": issues })
}
