//! Who is asking, from the session cookie.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, SameSite};
use kinfold_casework::{Actor, Casework, Error};
use kinfold_look::Markup;
use kinfold_look::banner::Flash;
use kinfold_look::form::FormState;

use crate::App;
use crate::oops::Oops;

/// A request by somebody signed in.
pub(crate) struct Visit {
    pub app: App,
    pub actor: Actor,
    /// What the last page did, shown once.
    pub flash: Option<Flash>,
    /// The path asked for, without its query.
    pub path: String,
    /// The answers in the address (filters, pages): never about a child by name.
    pub query: FormState,
}

impl Visit {
    /// The use cases.
    pub fn casework(&self) -> &Casework {
        &self.app.casework
    }
}

impl Visit {
    /// Whether the page asked for is the plain one: nothing in its address, nothing to be said about what was just done.
    pub fn is_plain(&self) -> bool {
        self.flash.is_none() && self.query.pairs().next().is_none()
    }
}

/// A page as it can be shown again, and the answer it is now.
pub(crate) fn kept(page: Markup) -> (Arc<[u8]>, Response) {
    let bytes: Arc<[u8]> = page.into_string().into_bytes().into();
    (Arc::clone(&bytes), again(bytes))
}

/// The answer that a page is which was shown before.
pub(crate) fn again(page: Arc<[u8]>) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(Bytes::from_owner(page))).into_response()
}

impl FromRequestParts<App> for Visit {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Oops> {
        let token = cookie(&parts.headers, SESSION).ok_or(Error::SignedOut)?;
        let actor = app.casework.actor(&token).await?;
        // Whoever was given a password chooses their own before anything else opens.
        if actor.must_change_password() && !matches!(parts.uri.path(), "/account/password" | "/sign-out") {
            return Err(Oops::ChoosePassword);
        }
        let flash = cookie(&parts.headers, FLASH).map(|words| match words.strip_prefix('!') {
            Some(words) => Flash::Important(words.to_owned()),
            None => Flash::Success(words),
        });
        Ok(Self {
            app: app.clone(),
            actor,
            flash,
            path: parts.uri.path().to_owned(),
            query: query(parts.uri.query().unwrap_or("")),
        })
    }
}

/// The answers in an address.
pub(crate) fn query(text: &str) -> FormState {
    FormState::from_pairs(form_pairs(text.as_bytes()))
}

/// Name and value pairs of a form, in order. Control characters that no keyboard types are left out: a page, a file or
/// a database may stop reading at one.
pub(crate) fn form_pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let typed = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    form_urlencoded::parse(bytes)
        .map(|(name, value)| match value.chars().all(|c| typed(&c)) {
            true => (name.into_owned(), value.into_owned()),
            false => (name.into_owned(), value.chars().filter(typed).collect()),
        })
        .collect()
}

/// The session's cookie.
pub(crate) const SESSION: &str = "kinfold_session";
/// The cookie of somebody half-way through signing in.
pub(crate) const HALF: &str = "kinfold_step";
/// What has just been done: a sentence without names, shown on the next page and forgotten.
pub(crate) const FLASH: &str = "kinfold_done";

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        Cookie::split_parse_encoded(line)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)
            .map(|cookie| cookie.value().to_owned())
            .filter(|value| !value.is_empty())
    })
}

/// Adds a cookie to an answer. Cookies live as long as the browser's session and are never readable by script.
pub(crate) fn set_cookie(response: &mut Response, app: &App, name: &'static str, value: &str) {
    let mut cookie = Cookie::build((name, value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.secure_cookies)
        .build();
    if value.is_empty() {
        cookie.make_removal();
    }
    if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Goes to another page of ours, which says what was done. `words` hold no name.
pub(crate) fn done(app: &App, to: &str, words: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    set_cookie(&mut response, app, FLASH, words);
    response
}
