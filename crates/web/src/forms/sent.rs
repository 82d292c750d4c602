//! What a page of a form sends: fields, also when the session has run out meanwhile; and files, which may be larger than
//! is taken.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::forms::{LARGEST_FILE, NewFile};
use kinfold_look::form::FormState;

use crate::oops::Oops;
use crate::sent::{Sent, same_origin};
use crate::upload::{file_of, parts_of, text_of};
use crate::visit::{SESSION, Visit, cookie, form_pairs};
use crate::{App, LARGEST};

/// The fields of a page of a form. As [`Sent`]; but when the session has run out by itself, what was typed is kept and
/// comes back on the page after signing in.
pub(crate) struct Page(pub Sent);

impl FromRequest<App> for Page {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        match Visit::from_request_parts(&mut parts, app).await {
            Ok(_) => {
                let request = Request::from_parts(parts, body);
                Sent::from_request(request, app).await.map(Self).map_err(IntoResponse::into_response)
            }
            Err(Oops::Casework(Error::SignedOut)) => {
                let kind =
                    parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
                let path = parts.uri.path().to_owned();
                if kind.starts_with("application/x-www-form-urlencoded")
                    && same_origin(&parts.headers)
                    && let Some(session) = cookie(&parts.headers, SESSION)
                    && let Ok(bytes) = to_bytes(body, LARGEST).await
                {
                    let fields = form_pairs(&bytes);
                    let csrf =
                        fields.iter().find(|(n, _)| n == "csrf").map_or("", |(_, v)| v.as_str()).to_owned();
                    let kept: Vec<(String, String)> = fields
                        .into_iter()
                        .filter(|(n, _)| n != "csrf" && n != "seen" && n != "draft-version")
                        .collect();
                    if let Err(error) = app.casework.keep_after_time_out(&session, &csrf, &path, &kept).await
                    {
                        tracing::error!(%error, "what was typed after a time-out could not be kept");
                    }
                }
                let then =
                    form_urlencoded::Serializer::new(String::new()).append_pair("then", &path).finish();
                Err(Redirect::to(&format!("/sign-in?{then}")).into_response())
            }
            Err(oops) => Err(oops.into_response()),
        }
    }
}

/// One file with the fields beside it.
pub(super) struct Files {
    pub fields: FormState,
    pub file: Option<NewFile>,
}

/// Reads a form with a file.
pub(super) async fn files(request: Request, app: &App) -> Result<Files, Oops> {
    let mut multipart = parts_of(request, app).await?;
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(mut field) = multipart.next_field().await.map_err(|_| Oops::TooLarge)? {
        let name = field.name().unwrap_or("").to_owned();
        match field.file_name().map(str::is_empty) {
            None => pairs.push((name, text_of(&mut field).await?)),
            // A field for a file in which none was chosen is sent with an empty name.
            Some(true) => {}
            Some(false) => file = Some(file_of(&mut field, LARGEST_FILE).await?),
        }
    }
    Ok(Files { fields: FormState::from_pairs(pairs), file })
}

/// A file sent by somebody signed in, from a page of this session.
pub(super) struct FilePage {
    pub visit: Visit,
    pub sent: Files,
}

impl FromRequest<App> for FilePage {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self, Oops> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let (headers, path) = (parts.headers.clone(), visit.path.clone());
        let sent = files(Request::from_parts(parts, body), app).await?;
        if !same_origin(&headers) || !visit.actor.csrf_fits(sent.fields.value("csrf")) {
            return Err(Oops::Expired { action: path, typed: Box::new(sent.fields) });
        }
        Ok(Self { visit, sent })
    }
}
