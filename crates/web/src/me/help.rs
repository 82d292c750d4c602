//! I need help now: numbers to ring, and a button that reaches people at once.

use axum::response::Response;
use kinfold_casework::me::Sending;
use kinfold_look::form::{Button, FormState, Textarea, csrf_field};
use kinfold_look::{Markup, html};

use super::own;
use super::say::listed;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/help-now", For::Own, show), post("/me/help-now", For::Own, call)]
}

/// Numbers that somebody answers at any hour: facts, the same for every council.
pub(super) fn numbers() -> Markup {
    html! {
        ul class="kf-numbers" {
            li class="kf-numbers__one" {
                strong { "Are you in danger now?" } " Call " a class="kf-numbers__call" href="tel:999" { "999" } ". It is free. Ask for the police."
            }
            li class="kf-numbers__one" {
                strong { "Do you want to talk?" } " Call Childline on " a class="kf-numbers__call" href="tel:08001111" { "0800 1111" } ". It is free, day and night."
            }
        }
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let sending = visit.casework().help_page(&visit.actor).await?;
    let people: Vec<&str> = sending.everybody().into_iter().map(|p| name(&sending, p)).collect();
    Ok(own(&visit, "I need help now").render(&html! {
        h1 class="govuk-heading-xl" { "I need help now" }
        (numbers())
        h2 class="govuk-heading-l" { "Tell your people" }
        @if people.is_empty() {
            p class="govuk-body" { "Press the button and we will be told." }
        } @else {
            p class="govuk-body" { "Press the button. We tell " (listed(&people)) " at once." }
        }
        form method="post" action="/me/help-now" {
            (csrf_field(visit.actor.csrf()))
            (Textarea::new("text", "What is wrong? You can leave this empty").rows(3).render(&FormState::new()))
            (Button::warning("Get help now"))
        }
        h2 class="govuk-heading-m" { "What happens then" }
        ol class="govuk-list govuk-list--number" {
            li { "They see that you need help, and what you wrote." }
            li { "One of them calls you or comes to you. They must do so in two hours." }
            li { "If they do not, their boss is told." }
        }
        p class="govuk-body" { "At night or at the weekend it can take longer. Do not wait for us: call one of the numbers at the top." }
    }))
}

fn name(sending: &Sending, person: kinfold_record::PersonId) -> &str {
    sending.name(person)
}

async fn call(Sent { visit, form }: Sent) -> Reply<Response> {
    let sent = visit.casework().call_for_help(&visit.actor, form.value("text")).await?;
    Ok(done(
        &visit.app,
        &format!("/me/said/{}", sent.entry),
        "We have told your people. Someone will reach you. If you are in danger, call 999 now.",
    ))
}
