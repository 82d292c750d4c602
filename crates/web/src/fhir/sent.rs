//! What another program sends in. It carries the cookie of a session as a page does, so it is guarded as a page is: the
//! token of the session, in a header that no page of another site can set, beside a content type that no form can send.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::outcome::{refusal, said};
use crate::App;
use crate::sent::same_origin;
use crate::visit::Visit;

/// The header that holds the session's token.
pub(super) const TOKEN: &str = "x-csrf-token";

/// The longest resource that is taken, in bytes.
const LARGEST: usize = 1024 * 1024;

/// A resource that was sent by somebody signed in, as text. Its token has been compared with the session's.
pub(super) struct Resource {
    pub visit: Visit,
    pub text: String,
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

fn is_fhir(headers: &HeaderMap) -> bool {
    let kind = header(headers, CONTENT_TYPE.as_str()).split(';').next().unwrap_or("").trim();
    matches!(kind, "application/fhir+json" | "application/json")
}

impl FromRequest<App> for Resource {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await.map_err(said)?;
        if !same_origin(&parts.headers) || !visit.actor.csrf_fits(header(&parts.headers, TOKEN)) {
            let words = "The token of the session is missing or wrong. Ask for it at /fhir/$token and send it as X-CSRF-Token.";
            return Err(refusal(StatusCode::FORBIDDEN, "security", words));
        }
        if !is_fhir(&parts.headers) {
            let words = "Send a resource as application/fhir+json.";
            return Err(refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", words));
        }
        let bytes = to_bytes(body, LARGEST).await.map_err(|_| {
            refusal(StatusCode::PAYLOAD_TOO_LARGE, "too-long", "A resource of at most 1 MB is taken.")
        })?;
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|_| refusal(StatusCode::BAD_REQUEST, "structure", "The resource is not in UTF-8."))?;
        Ok(Self { visit, text })
    }
}

/// The token, for a program that is about to send something.
pub(super) fn token(visit: &Visit) -> Response {
    let value = serde_json::json!({
        "resourceType": "Parameters",
        "parameter": [{ "name": "X-CSRF-Token", "valueString": visit.actor.csrf() }],
    });
    super::fhir(&value).into_response()
}
