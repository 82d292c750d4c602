//! The door for somebody outside who was asked to fill in a section: the link they were sent, and the code that goes to
//! the address it was sent to. They have no account.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::forms::OutsideOpened;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, TextInput, Width, button_group, error_summary};
use kinfold_look::{Markup, date, html};

use super::outside_steps::welcome;
use crate::App;
use crate::frame::base;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Posted;
use crate::visit::{cookie, set_cookie};

/// What the browser holds since the code was given in it.
const PROOF: &str = "kinfold_fill";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/fill/{token}", For::Bearer, open),
        post("/fill/{token}/code", For::Bearer, send_code),
        post("/fill/{token}/enter", For::Bearer, enter),
    ]
}

/// The proof that a request carries.
pub(super) fn proof(headers: &HeaderMap) -> Option<String> {
    cookie(headers, PROOF)
}

/// A page for somebody outside. Its title names nobody.
pub(super) fn page(app: &App, wrong: bool, body: &Markup) -> Markup {
    let mut around = base(app, "A form to fill in");
    around.has_errors = wrong;
    around.render(&html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } })
}

/// What a link opens, as a page; `Err` with the section for who may see it.
pub(super) fn shut(app: &App, token: &str, opened: &OutsideOpened) -> Response {
    match opened {
        OutsideOpened::Section(_) => Redirect::to(&format!("/fill/{token}")).into_response(),
        OutsideOpened::Code { due_on, sent, to } => {
            code_page(app, token, *due_on, *sent, to, None, &FormState::new()).into_response()
        }
        OutsideOpened::Back(on) => {
            let body = html! {
                h1.govuk-heading-l { "You have sent this back" }
                p.govuk-body { "It went back on " (date::long(*on)) ", and the link has done its work. Thank you." }
                p.govuk-body { "If something in it was wrong, tell whoever asked you: they can send you a new link." }
            };
            (StatusCode::GONE, page(app, false, &body)).into_response()
        }
        OutsideOpened::Over => {
            let body = html! {
                h1.govuk-heading-l { "This link is over" }
                p.govuk-body { "Its time has passed, or whoever sent it took it back. What you had saved is not lost: they have it." }
                p.govuk-body { "If you still want to answer, ask whoever sent it for a new link." }
            };
            (StatusCode::GONE, page(app, false, &body)).into_response()
        }
    }
}

/// The answer to a link that is none.
pub(super) fn no_such_link(app: &App) -> Response {
    let body = html! {
        h1.govuk-heading-l { "This link does not open anything" }
        p.govuk-body { "Check that you have the whole address: some e-mail programs break long ones in two. Copy it from the message into the address bar of your browser." }
        p.govuk-body { "If it still opens nothing, ask whoever sent it for a new one. Nothing that you wrote is lost." }
    };
    (StatusCode::NOT_FOUND, page(app, false, &body)).into_response()
}

/// What went wrong with a link, as somebody outside should hear it.
pub(super) fn failed(app: &App, error: Error) -> Reply {
    match error {
        Error::Absent => Ok(no_such_link(app)),
        error => Err(error.into()),
    }
}

fn code_page(
    app: &App,
    token: &str,
    due_on: jiff::civil::Date,
    sent: bool,
    to: &str,
    shown: Option<&str>,
    form: &FormState,
) -> Markup {
    let authority = app.casework.settings().authority.clone();
    page(
        app,
        form.has_errors(),
        &html! {
            (error_summary(form))
            h1.govuk-heading-l { "You are asked to fill in part of a form" }
            p.govuk-body { (if authority.is_empty() { "The authority" } else { authority.as_str() }) " asks you for it by " strong { (date::long(due_on)) } ". It is about a child or young person you work with." }
            @if sent {
                p.govuk-body { "We have sent a code to " strong { (to) } ". It can take a minute to arrive, and is good for 15 minutes." }
                @if let Some(code) = shown { (inset(&html! { p { "This is an invented council and nobody gets e-mail. The code is " strong { (code) } "." } })) }
                form method="post" action=(format!("/fill/{token}/enter")) novalidate {
                    (TextInput::new("code", "Enter the code").figures().code().width(Width::Chars(10)).autocomplete("one-time-code").render(form))
                    (button_group(&[Button::main("Continue")], None))
                }
                form method="post" action=(format!("/fill/{token}/code")) { (Button::secondary("Send another code")) }
            } @else {
                p.govuk-body { "To make sure that it is you, we send a code to " strong { (to) } ", where you got the link." }
                form method="post" action=(format!("/fill/{token}/code")) { (Button::main("Send me the code")) }
            }
            p.govuk-body { "Did you not expect this, or is it not yours to answer? Tell whoever sent it, and close this page." }
        },
    )
}

async fn open(State(app): State<App>, headers: HeaderMap, Path(token): Path<String>) -> Reply {
    match app.casework.outside(&token, proof(&headers).as_deref()).await {
        Ok(OutsideOpened::Section(desk)) => Ok(welcome(&app, &token, &desk).into_response()),
        Ok(OutsideOpened::Code { due_on, sent: true, to }) => {
            let shown = app.casework.shown_outside_code(&token).await?;
            Ok(code_page(&app, &token, due_on, true, &to, shown.as_deref(), &FormState::new())
                .into_response())
        }
        Ok(opened) => Ok(shut(&app, &token, &opened)),
        Err(error) => failed(&app, error),
    }
}

async fn send_code(State(app): State<App>, Path(token): Path<String>, _: Posted) -> Reply {
    match app.casework.send_outside_code(&token).await {
        Ok(()) => Ok(Redirect::to(&format!("/fill/{token}")).into_response()),
        Err(error) => failed(&app, error),
    }
}

async fn enter(State(app): State<App>, Path(token): Path<String>, Posted { form, .. }: Posted) -> Reply {
    let mut again = FormState::new();
    match app.casework.prove_outside(&token, form.value("code")).await {
        Ok(Some(proof)) => {
            let mut response = Redirect::to(&format!("/fill/{token}")).into_response();
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
    match app.casework.outside(&token, None).await {
        Ok(OutsideOpened::Code { due_on, to, .. }) => {
            let shown = app.casework.shown_outside_code(&token).await?;
            let body = code_page(&app, &token, due_on, true, &to, shown.as_deref(), &again);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Ok(opened) => Ok(shut(&app, &token, &opened)),
        Err(error) => failed(&app, error),
    }
}
