//! The directory for other programs, as Open Referral UK: open to anybody, without a key.

use axum::extract::{OriginalUri, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::App;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::query;

/// Services on a page where nobody says how many, and the most there may be.
const USUAL: u32 = 50;
const MOST: u32 = 500;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/open-referral", For::Anybody, about),
        get("/open-referral/services", For::Anybody, services),
        get("/open-referral/services.json", For::Anybody, whole),
        get("/open-referral/services/{service}", For::Anybody, service),
    ]
}

fn json(value: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        // The standard asks for it: what is here is for everybody.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, value.to_string()).into_response()
}

async fn about() -> Response {
    json(&kinfold_directory::about())
}

async fn services(State(app): State<App>, OriginalUri(uri): OriginalUri) -> Reply {
    let asked = query(uri.query().unwrap_or(""));
    let number = |name: &str, usual: u32| asked.value(name).parse::<u32>().unwrap_or(usual).max(1);
    let (page, size) = (number("page", 1), number("per_page", USUAL).min(MOST));
    Ok(json(&app.casework.open_referral(page, size, asked.holds("full", "true")).await?))
}

/// All of it in one file, each service in full: what another directory brings in.
async fn whole(State(app): State<App>) -> Reply {
    Ok(json(&app.casework.open_referral(1, u32::MAX, true).await?))
}

async fn service(State(app): State<App>, Path(id): Path<String>) -> Reply {
    Ok(json(&app.casework.open_referral_service(&id).await?))
}
