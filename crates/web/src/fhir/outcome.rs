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
        Error::Invalid(_) | Error::Impossible(_) => (StatusCode::BAD_REQUEST, "invalid"),
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
    let words = match error {
        Error::Invalid(problems) => problems.into_iter().map(|problem| problem.message).collect(),
        error => vec![error.to_string()],
    };
    (status, fhir(&outcome(code, &words))).into_response()
}

fn outcome(code: &str, words: &[String]) -> Value {
    let issues: Vec<Value> = words
        .iter()
        .map(|words| json!({ "severity": "error", "code": code, "diagnostics": words }))
        .collect();
    json!({ "resourceType": "OperationOutcome", "issue": issues })
}
