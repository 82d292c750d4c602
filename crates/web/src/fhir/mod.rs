//! The record for other programs: FHIR R4, to be read, and a few facts to be sent in. What is served, by whom and how it is logged is told in
//! `docs/reference/fhir.md`.

mod outcome;
mod sent;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kinfold_casework::{Action, Error, FhirTaken};
use kinfold_record::ChildId;
use serde_json::Value;
use uuid::Uuid;

use crate::App;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::visit::Visit;
use outcome::{doubtful, information, said};
use sent::Resource;

pub(crate) use outcome::{nothing, wrong_method};

/// The content type of everything here.
const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/fhir/metadata", For::Anybody, statement),
        get("/fhir/Patient/{child}", For::Child(Action::ViewChild), patient),
        get("/fhir/Patient/{child}/$everything", For::Child(Action::ViewChild), everything),
        get("/fhir/Patient/{child}/$passport", For::Child(Action::ViewHealth), passport),
        get("/fhir/Patient/{child}/{type}", For::Child(Action::ViewChild), of_patient),
        get("/fhir/$token", For::SignedIn, token),
        // The child is in the query, so what the path is for is being signed in; casework decides the rest.
        get("/fhir/{type}", For::SignedIn, search),
        post("/fhir/{type}", For::SignedIn, create),
        // Whose a resource is, is not in its address either.
        get("/fhir/{type}/{id}", For::SignedIn, one),
    ]
}

async fn statement(State(app): State<App>) -> Response {
    fhir(&app.casework.fhir_statement(env!("CARGO_PKG_VERSION")))
}

async fn patient(visit: Reply<Visit>, Path(child): Path<String>) -> Response {
    let read = async {
        let visit = visit?;
        Ok(visit.casework().fhir_patient(&visit.actor, child_id(&child)?).await?)
    };
    answer(read.await)
}

async fn everything(visit: Reply<Visit>, Path(child): Path<String>) -> Response {
    let read = async {
        let visit = visit?;
        Ok(visit.casework().fhir_everything(&visit.actor, child_id(&child)?).await?)
    };
    answer(read.await)
}

async fn passport(visit: Reply<Visit>, Path(child): Path<String>) -> Response {
    let read = async {
        let visit = visit?;
        Ok(visit.casework().fhir_passport(&visit.actor, child_id(&child)?).await?)
    };
    answer(read.await)
}

async fn one(visit: Reply<Visit>, Path((kind, id)): Path<(String, String)>) -> Response {
    let read = async {
        let visit = visit?;
        Ok(visit.casework().fhir_read(&visit.actor, &kind, &id).await?)
    };
    answer(read.await)
}

async fn token(visit: Reply<Visit>) -> Response {
    match visit {
        Ok(visit) => sent::token(&visit),
        Err(oops) => said(oops),
    }
}

async fn create(Path(kind): Path<String>, sent: Result<Resource, Response>) -> Response {
    let Resource { visit, text } = match sent {
        Ok(sent) => sent,
        Err(refused) => return refused,
    };
    let (status, words, reference) = match visit.casework().fhir_create(&visit.actor, &kind, &text).await {
        Ok(FhirTaken::Created { reference }) => (StatusCode::CREATED, "Recorded.", reference),
        Ok(FhirTaken::Already { reference }) => {
            (StatusCode::OK, "This was recorded before. Nothing was recorded now.", reference)
        }
        Ok(FhirTaken::Doubtful { doubts }) => return doubtful(&doubts),
        Err(error) => return said(error.into()),
    };
    let mut response = (status, fhir(&information(words))).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/fhir/{reference}")) {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}

async fn of_patient(visit: Reply<Visit>, Path((child, kind)): Path<(String, String)>) -> Response {
    let read = async {
        let visit = visit?;
        Ok(visit.casework().fhir_search(&visit.actor, child_id(&child)?, &kind).await?)
    };
    answer(read.await)
}

async fn search(visit: Reply<Visit>, Path(kind): Path<String>) -> Response {
    let read = async {
        let visit = visit?;
        // A condition that is not understood would give more than was asked for.
        if let Some((name, _)) = visit.query.pairs().find(|(name, _)| !matches!(*name, "patient" | "_format"))
        {
            let words = format!("This server does not search by {name}. Search by patient.");
            return Err(Error::invalid(name, words).into());
        }
        let whose = visit.query.value("patient");
        if whose.is_empty() {
            return Err(Error::invalid("patient", "Say whose record: add ?patient= with the id.").into());
        }
        let child = child_id(whose.strip_prefix("Patient/").unwrap_or(whose))?;
        Ok(visit.casework().fhir_search(&visit.actor, child, &kind).await?)
    };
    answer(read.await)
}

/// What is no id is the id of nobody.
fn child_id(text: &str) -> Result<ChildId, Error> {
    Uuid::try_parse(text).map(ChildId).map_err(|_| Error::Absent)
}

fn answer(read: Reply<Value>) -> Response {
    match read {
        Ok(resource) => fhir(&resource),
        Err(oops) => said(oops),
    }
}

fn fhir(resource: &Value) -> Response {
    ([(CONTENT_TYPE, FHIR_JSON)], resource.to_string()).into_response()
}
