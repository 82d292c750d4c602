//! Giving one's password again, before something that matters: an export, an emergency opening.

use axum::response::{IntoResponse, Redirect};
use kinfold_casework::Error;
use kinfold_look::form::{Button, FormState, PasswordInput, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};

use super::onward;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/confirm-password", For::SignedIn, show), post("/confirm-password", For::SignedIn, send)]
}

async fn show(visit: Visit) -> Markup {
    page(&visit, &visit.query)
}

fn page(visit: &Visit, form: &FormState) -> Markup {
    let mut page = frame(visit, "Enter your password again");
    page.has_errors = form.has_errors();
    page.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Enter your password again" }
            p.govuk-body { "What you are about to do takes information out of Kinfold, or opens a record in an emergency. Your password shows that it is still you." }
            form method="post" action="/confirm-password" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("then", form.value("then")))
                (PasswordInput::current("password", "Password").render(form))
                (Button::main("Continue"))
            }
        } }
    })
}

async fn send(Sent { visit, mut form }: Sent) -> Reply {
    match visit.casework().reauthenticate(&visit.actor, form.value("password")).await {
        Ok(()) => Ok(Redirect::to(onward(form.value("then"))).into_response()),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error("password", problem.message);
            }
            Ok(page(&visit, &form.with("password", "")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
