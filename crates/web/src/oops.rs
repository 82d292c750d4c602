//! What went wrong, said so that the person knows what to do. Denied looks like absent.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_look::form::FormState;
use kinfold_look::html;
use kinfold_look::problem::{self, Problem};
use std::sync::{Arc, Mutex};

use crate::App;
use crate::frame::plain;
use crate::visit::{FLASH, SESSION, cookie, set_cookie};

/// What a page can fail with.
#[derive(Debug)]
pub(crate) enum Oops {
    /// A use case refused or failed.
    Casework(Error),
    /// The form's token is not this session's: what was typed is offered again.
    Expired { action: String, typed: Box<FormState> },
    /// The password was given by somebody else and must be changed first.
    ChoosePassword,
    /// More was sent than is taken.
    TooLarge,
}

/// What a page gives.
pub(crate) type Reply<T = Response> = Result<T, Oops>;

impl<E: Into<Error>> From<E> for Oops {
    fn from(error: E) -> Self {
        Self::Casework(error.into())
    }
}

/// Carried in the response to [`explain`], which knows who is asking.
#[derive(Clone)]
struct Carried(Arc<Mutex<Option<Oops>>>);

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Carried(Arc::new(Mutex::new(Some(self)))));
        response
    }
}

/// The answer to an address that does not exist.
pub(crate) async fn nothing_here(address: Uri) -> Response {
    // A program is told in its own words.
    if address.path().starts_with("/fhir/") {
        return crate::fhir::nothing();
    }
    Oops::Casework(Error::Absent).into_response()
}

/// The answer to a method that an address does not take. Which addresses there are is no secret; whether there is anything
/// behind one is not looked at.
pub(crate) async fn wrong_method(address: Uri) -> Response {
    if address.path().starts_with("/fhir/") {
        return crate::fhir::wrong_method();
    }
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}

/// Turns what went wrong into a page, inside the frame of whoever asked; and forgets a flash that has been shown.
pub(crate) async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    // Read only when something went wrong: mostly nothing does.
    let cookies: Vec<HeaderValue> = request.headers().get_all(header::COOKIE).iter().cloned().collect();
    let address = request.uri().clone();
    let page = request.method() == axum::http::Method::GET;
    let flash = page && cookie(request.headers(), FLASH).is_some() && !address.path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let carried = response
        .extensions_mut()
        .remove::<Carried>()
        .and_then(|c| c.0.lock().ok().and_then(|mut c| c.take()));
    if let Some(oops) = carried {
        let sent = cookies.into_iter().map(|value| (header::COOKIE, value)).collect();
        let path = address.path_and_query().map_or_else(String::new, ToString::to_string);
        response = answer(&app, cookie(&sent, SESSION).as_deref(), oops, page.then_some(path.as_str())).await;
    }
    if flash && response.status() == StatusCode::OK {
        set_cookie(&mut response, &app, FLASH, "");
    }
    response
}

async fn answer(app: &App, session: Option<&str>, oops: Oops, path: Option<&str>) -> Response {
    let then = |to: &str| match path {
        Some(path) if path != "/" => format!(
            "{to}?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("then", path).finish()
        ),
        _ => to.to_owned(),
    };
    let actor = match session {
        Some(token) => app.casework.actor(token).await.ok(),
        None => None,
    };
    let csrf = actor.as_ref().map_or("", |a| a.csrf()).to_owned();
    let (status, problem) = match oops {
        Oops::Casework(Error::SignedOut) => return Redirect::to(&then("/sign-in")).into_response(),
        Oops::Casework(Error::Reauthenticate) => return Redirect::to(&then("/confirm-password")).into_response(),
        Oops::ChoosePassword => return Redirect::to("/account/password").into_response(),
        // Somebody not signed in learns nothing about what exists.
        Oops::Casework(Error::Absent) => (StatusCode::NOT_FOUND, problem::not_found()),
        Oops::Casework(Error::TooMany { minutes }) => {
            (StatusCode::TOO_MANY_REQUESTS, problem::too_many(&format!("{minutes} minutes")))
        }
        Oops::Casework(Error::Forbidden(words)) => (StatusCode::FORBIDDEN, words_only("You cannot do this", &[words])),
        Oops::Casework(Error::Conflict { .. }) => (
            StatusCode::CONFLICT,
            words_only(
                "Somebody else changed this",
                &["It was changed while you were looking at it. Go back, read it again, and decide. Nothing was overwritten.".to_owned()],
            ),
        ),
        Oops::Casework(Error::Invalid(problems)) => {
            let words: Vec<String> = problems.into_iter().map(|p| p.message).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, words_only("There is a problem", &words))
        }
        Oops::Casework(Error::Impossible(problems)) => {
            let words: Vec<String> = problems.into_iter().map(|p| p.message).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, words_only("This cannot be recorded as it is", &words))
        }
        Oops::Casework(error) => {
            let reference = kinfold_casework::record::form_key()[..8].to_owned();
            tracing::error!(%reference, %error, "a page failed");
            (StatusCode::INTERNAL_SERVER_ERROR, problem::fault(&reference))
        }
        Oops::Expired { action, typed } => (StatusCode::FORBIDDEN, problem::form_expired(&action, &csrf, &typed)),
        Oops::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, problem::too_large("8 MB")),
    };
    (status, plain(app, actor.as_ref(), problem.title, &problem.body)).into_response()
}

fn words_only(title: &'static str, words: &[String]) -> Problem {
    Problem {
        title,
        body: html! {
            div.kf-read {
                h1.govuk-heading-l { (title) }
                @for words in words { p.govuk-body { (words) } }
            }
        },
    }
}
