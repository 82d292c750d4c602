//! The second step: the six-digit code, and setting up the authenticator the first time.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::sign_in::SecondStep;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, TextInput, error_summary, hidden};
use kinfold_look::{Markup, html};

use super::onward;
use crate::App;
use crate::frame::base;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Posted;
use crate::visit::{HALF, SESSION, cookie, query, set_cookie};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/sign-in/code", For::Anybody, show), post("/sign-in/code", For::Anybody, send)]
}

async fn show(State(app): State<App>, headers: HeaderMap, uri: axum::http::Uri) -> Reply {
    let Some(token) = cookie(&headers, HALF) else { return Ok(Redirect::to("/sign-in").into_response()) };
    let form = query(uri.query().unwrap_or(""));
    match app.casework.second_step(&token).await {
        Ok(step) => Ok(page(&app, &step, &form).into_response()),
        Err(Error::SignedOut) => Ok(Redirect::to("/sign-in").into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(app: &App, step: &SecondStep, form: &FormState) -> Markup {
    let mut page = base(app, "Enter your code");
    page.has_errors = form.has_errors();
    page.back = Some(("Back".to_owned(), "/sign-in".to_owned()));
    page.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { @if step.enrol.is_some() { "Set up your second step" } @else { "Enter your code" } }
            @if let Some((address, secret)) = &step.enrol {
                p.govuk-body { "Kinfold asks for a code from an authenticator app on your telephone each time you sign in, so that a stolen password alone opens nothing." }
                ol class="govuk-list govuk-list--number" {
                    li { "Open your authenticator app and add an account. On this telephone you can use " a.govuk-link href=(address) { "this link" } "." }
                    li { "Or type this key by hand: " code.kf-secret { (grouped(secret)) } }
                    li { "Enter the six-digit code that the app shows." }
                }
            } @else {
                p.govuk-body { "Open your authenticator app and enter the six-digit code it shows for Kinfold." }
            }
            @if let Some(code) = &step.demo_code {
                (inset(&html! { p { "In this invented council nobody has a telephone. The code now is " strong { (code) } "." } }))
            }
            form method="post" action="/sign-in/code" novalidate {
                (hidden("then", form.value("then")))
                (TextInput::new("code", "Six-digit code").figures().width(kinfold_look::form::Width::Chars(10)).autocomplete("one-time-code").render(form))
                (Button::main("Sign in"))
            }
        } }
    })
}

/// In fours, to be typed.
fn grouped(secret: &str) -> String {
    secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join(" ")
}

async fn send(State(app): State<App>, Posted { headers, mut form }: Posted) -> Reply {
    let Some(token) = cookie(&headers, HALF) else { return Ok(Redirect::to("/sign-in").into_response()) };
    match app.casework.pass_second_step(&token, form.value("code")).await {
        Ok(session) => {
            let mut response: Response = Redirect::to(onward(form.value("then"))).into_response();
            set_cookie(&mut response, &app, SESSION, &session);
            set_cookie(&mut response, &app, HALF, "");
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error("code", problem.message);
            }
            let step = app.casework.second_step(&token).await?;
            Ok(page(&app, &step, &form.with("code", "")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
