//! Access and safety: who looked, the audit, opening a record in an emergency and its review, the matrix of rights.

mod access;
mod audit;
pub(crate) mod emergency;
mod lines;
mod matrix;
mod review;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kinfold_casework::Error;
use kinfold_exchange::sheet::Sheet;

use crate::Route;
use crate::oops::Reply;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [access::routes(), audit::routes(), emergency::routes(), review::routes(), matrix::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// A table as a CSV file to save. `name` holds no name of a person.
fn csv(sheet: &Sheet, name: &str) -> Reply<Response> {
    let bytes = sheet.to_csv().map_err(|e| Error::Internal(e.to_string()))?;
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"))];
    let mut response = (kind, bytes).into_response();
    let safe: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{safe}.csv\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
