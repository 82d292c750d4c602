//! The door for somebody outside for whom there is a copy to read: the link they were sent, and the code that goes to the
//! address it was sent to. They have no account here.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::sending::CopyOpened;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, TextInput, Width, button_group, error_summary};
use kinfold_look::{Markup, date, html};

use super::reads;
use crate::App;
use crate::frame::base;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Posted;
use crate::visit::{cookie, set_cookie};

/// What the browser holds since the code was given in it.
const PROOF: &str = "kinfold_copy";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/copy/{token}", For::Bearer, open),
        post("/copy/{token}/code", For::Bearer, send_code),
        post("/copy/{token}/enter", For::Bearer, enter),
    ]
}

/// A page for somebody outside. Its title names nobody.
fn page(app: &App, wrong: bool, body: &Markup) -> Markup {
    let mut around = base(app, "A document to read");
    around.has_errors = wrong;
    around.render(&html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } })
}

fn over(app: &App) -> Response {
    let body = html! {
        h1.govuk-heading-l { "This link is over" }
        p.govuk-body { "Its time has passed, or whoever sent it took it back. If you still need to read it, ask whoever sent it." }
    };
    (StatusCode::GONE, page(app, false, &body)).into_response()
}

/// What went wrong with a link, as somebody outside should hear it.
fn failed(app: &App, error: Error) -> Reply {
    match error {
        Error::Absent => {
            let body = html! {
                h1.govuk-heading-l { "This link does not open anything" }
                p.govuk-body { "Check that you have the whole address: some e-mail programs break long ones in two. Copy it from the message into the address bar of your browser." }
                p.govuk-body { "If it still opens nothing, ask whoever sent it." }
            };
            Ok((StatusCode::NOT_FOUND, page(app, false, &body)).into_response())
        }
        error => Err(error.into()),
    }
}

fn code_page(
    app: &App,
    token: &str,
    (ends_on, sent, to): (jiff::civil::Date, bool, &str),
    shown: Option<&str>,
    form: &FormState,
) -> Markup {
    let authority = app.casework.settings().authority.clone();
    page(
        app,
        form.has_errors(),
        &html! {
            (error_summary(form))
            h1.govuk-heading-l { "There is a document for you to read" }
            p.govuk-body { (if authority.is_empty() { "The authority" } else { authority.as_str() }) " sent it to you. You can read it until " strong { (date::long(ends_on)) } "." }
            @if sent {
                p.govuk-body { "We have sent a code to " strong { (to) } ". It can take a minute to arrive, and is good for 15 minutes." }
                @if let Some(code) = shown { (inset(&html! { p { "This is an invented council and nobody gets e-mail. The code is " strong { (code) } "." } })) }
                form method="post" action=(format!("/copy/{token}/enter")) novalidate {
                    (TextInput::new("code", "Enter the code").figures().code().width(Width::Chars(10)).autocomplete("one-time-code").render(form))
                    (button_group(&[Button::main("Continue")], None))
                }
                form method="post" action=(format!("/copy/{token}/code")) { (Button::secondary("Send another code")) }
            } @else {
                p.govuk-body { "To make sure that it is you, we send a code to " strong { (to) } ", where you got the link." }
                form method="post" action=(format!("/copy/{token}/code")) { (Button::main("Send me the code")) }
            }
            p.govuk-body { "Did you not expect this, or is it not for you? Tell whoever sent it, and close this page." }
        },
    )
}

async fn open(State(app): State<App>, headers: HeaderMap, Path(token): Path<String>) -> Reply {
    match app.casework.copy_outside(&token, cookie(&headers, PROOF).as_deref()).await {
        Ok(CopyOpened::Copy { body, name, child_name, ends_on }) => Ok(page(
            &app,
            false,
            &html! {
                span.govuk-caption-l { "For " (name) " alone, until " (date::long(ends_on)) }
                h1.govuk-heading-l { (body.title) }
                p.govuk-body { "About " strong { (child_name) } ". Please do not pass it on: it was made for you, and says what you may know. That you read it is noted." }
                (reads(&body))
            },
        )
        .into_response()),
        Ok(CopyOpened::Code { ends_on, sent, to }) => {
            let shown = app.casework.shown_copy_code(&token).await?.filter(|_| sent);
            Ok(code_page(&app, &token, (ends_on, sent, &to), shown.as_deref(), &FormState::new()).into_response())
        }
        Ok(CopyOpened::Over) => Ok(over(&app)),
        Err(error) => failed(&app, error),
    }
}

async fn send_code(State(app): State<App>, Path(token): Path<String>, _: Posted) -> Reply {
    match app.casework.send_copy_code(&token).await {
        Ok(()) => Ok(Redirect::to(&format!("/copy/{token}")).into_response()),
        Err(error) => failed(&app, error),
    }
}

async fn enter(State(app): State<App>, Path(token): Path<String>, Posted { form, .. }: Posted) -> Reply {
    let mut again = FormState::new();
    match app.casework.prove_copy(&token, form.value("code")).await {
        Ok(Some(proof)) => {
            let mut response = Redirect::to(&format!("/copy/{token}")).into_response();
            set_cookie(&mut response, &app, PROOF, &proof);
            return Ok(response);
        }
        Ok(None) => again.error(
            "code",
            "That is not the code, or it is too old. Look at the newest message, or send another code",
        ),
        Err(Error::TooMany { .. }) => {
            again.error("code", "The wrong code was given too often. Wait a minute, then send another code")
        }
        Err(error) => return failed(&app, error),
    }
    match app.casework.copy_outside(&token, None).await {
        Ok(CopyOpened::Code { ends_on, to, .. }) => {
            let shown = app.casework.shown_copy_code(&token).await?;
            let body = code_page(&app, &token, (ends_on, true, &to), shown.as_deref(), &again);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Ok(_) => Ok(over(&app)),
        Err(error) => failed(&app, error),
    }
}
