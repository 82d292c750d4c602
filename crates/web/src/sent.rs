//! A form that was sent, once it is known to come from a page of this session.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use kinfold_casework::Error;
use kinfold_look::form::FormState;

use crate::oops::Oops;
use crate::visit::{Visit, form_pairs};
use crate::{App, LARGEST};

/// The form of somebody signed in. Its token has been compared with the session's.
pub(crate) struct Sent {
    pub visit: Visit,
    pub form: FormState,
}

impl FromRequest<App> for Sent {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self, Oops> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let form = read_form(&parts.headers, body).await?;
        if !same_origin(&parts.headers) || !visit.actor.csrf_fits(form.value("csrf")) {
            return Err(Oops::Expired { action: visit.path.clone(), typed: Box::new(form) });
        }
        Ok(Self { visit, form })
    }
}

/// The form of somebody not signed in (signing in). Comes from our own pages only.
pub(crate) struct Posted {
    pub headers: HeaderMap,
    pub form: FormState,
}

impl FromRequest<App> for Posted {
    type Rejection = Oops;

    async fn from_request(request: Request, _: &App) -> Result<Self, Oops> {
        let (parts, body) = request.into_parts();
        let form = read_form(&parts.headers, body).await?;
        if !same_origin(&parts.headers) {
            return Err(Oops::Expired {
                action: parts.uri.path().to_owned(),
                typed: Box::new(FormState::new()),
            });
        }
        Ok(Self { headers: parts.headers, form })
    }
}

async fn read_form(headers: &HeaderMap, body: axum::body::Body) -> Result<FormState, Oops> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::invalid("", "This was not sent by one of our forms.").into());
    }
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| Oops::TooLarge)?;
    Ok(FormState::from_pairs(form_pairs(&bytes)))
}

/// Whether the browser says the form came from a page of ours. Browsers that say nothing are let through to the token.
pub(crate) fn same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        return matches!(site, "same-origin" | "none");
    }
    let (Some(origin), Some(host)) = (headers.get(header::ORIGIN), headers.get(header::HOST)) else {
        return true;
    };
    let (Ok(origin), Ok(host)) = (origin.to_str(), host.to_str()) else { return false };
    origin.split_once("://").is_some_and(|(_, rest)| rest == host)
}
