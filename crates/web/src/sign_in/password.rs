//! The first step: e-mail address and password.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_look::form::{Button, FormState, PasswordInput, TextInput, error_summary, hidden};
use kinfold_look::{Markup, html};

use super::onward;
use crate::App;
use crate::frame::base;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::{Posted, Sent};
use crate::visit::{HALF, SESSION, cookie, query, set_cookie};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/sign-in", For::Anybody, show),
        post("/sign-in", For::Anybody, send),
        post("/sign-out", For::SignedIn, leave),
    ]
}

async fn show(State(app): State<App>, headers: HeaderMap, uri: axum::http::Uri) -> Response {
    let form = query(uri.query().unwrap_or(""));
    if let Some(token) = cookie(&headers, SESSION)
        && app.casework.actor(&token).await.is_ok()
    {
        return Redirect::to(onward(form.value("then"))).into_response();
    }
    page(&app, &form).into_response()
}

fn page(app: &App, form: &FormState) -> Markup {
    let mut page = base(app, "Sign in");
    page.has_errors = form.has_errors();
    let then = form.value("then");
    page.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Sign in" }
            form method="post" action="/sign-in" novalidate {
                (hidden("then", then))
                (TextInput::new("email", "E-mail address").email().autocomplete("username").render(form))
                (PasswordInput::current("password", "Password").render(form))
                (Button::main("Continue"))
            }
            @if !then.is_empty() && then != "/" {
                p.govuk-hint { "You go on to the page you asked for. Anything you were writing has been kept." }
            }
        } }
    })
}

async fn send(State(app): State<App>, Posted { form, .. }: Posted) -> Reply {
    let mut form = form;
    let email = form.read_text("email", kinfold_look::form::Required::Yes, "Enter your e-mail address");
    let password = form.value("password").to_owned();
    if password.is_empty() {
        form.error("password", "Enter your password");
    }
    let (Some(email), false) = (email, form.has_errors()) else {
        return Ok(page(&app, &forget(form)).into_response());
    };
    match app.casework.sign_in(&email, &password).await {
        Ok(token) => {
            let then = onward(form.value("then"));
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("then", then).finish();
            let mut response = Redirect::to(&format!("/sign-in/code?{query}")).into_response();
            set_cookie(&mut response, &app, HALF, &token);
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.form_error(problem.message);
            }
            Ok(page(&app, &forget(form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A password is never sent back to the browser.
fn forget(form: FormState) -> FormState {
    form.with("password", "")
}

async fn leave(sent: Sent) -> Reply {
    sent.visit.casework().sign_out(&sent.visit.actor).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    set_cookie(&mut response, &sent.visit.app, SESSION, "");
    response
        .headers_mut()
        .insert("clear-site-data", axum::http::HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}
