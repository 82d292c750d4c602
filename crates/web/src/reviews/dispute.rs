//! Steps of a dispute: raised, taken further, referred and settled by the reviewing officer; answered by the team.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::{ReviewsPage, Step};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, FormState, Textarea, button_group, csrf_field, error_summary};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{around, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::RecordCare);
    vec![
        get("/children/{child}/dispute/{step}", whom, show),
        post("/children/{child}/dispute/{step}", whom, send),
    ]
}

async fn open(visit: &Visit, child: ChildId, step: &str) -> Reply<(ReviewsPage, Step)> {
    let page = visit.casework().reviews_page(&visit.actor, child).await?;
    let step = Step::parse(step).filter(|step| page.handle.may.has(step.needs())).ok_or(Error::Absent)?;
    Ok((page, step))
}

async fn show(visit: Visit, Path((child, step)): Path<(ChildId, String)>) -> Reply<Markup> {
    let (page, what) = open(&visit, child, &step).await?;
    Ok(draw(&visit, &page, (what, &step), &FormState::new()))
}

/// The heading, what it means, the question, and the button.
fn words(step: Step) -> (&'static str, &'static str, &'static str, &'static str) {
    match step {
        Step::Raise => (
            "Raise a dispute informally",
            "The team manager answers within 5 working days, and it climbs from there. The whole is settled within 20 working days.",
            "What is wrong for the child, and what has to change?",
            "Raise it",
        ),
        Step::Formal => (
            "Raise a dispute formally",
            "The clock of an informal stage goes on. You can refer the case to Cafcass at any time.",
            "What is still wrong for the child, and what has to change?",
            "Raise it formally",
        ),
        Step::Answer => (
            "Answer the dispute",
            "An answer does not close it. The reviewing officer reads it and decides.",
            "What will be done, by whom and by when? Or why not?",
            "Answer",
        ),
        Step::Refer => (
            "Refer the case to Cafcass",
            "Record it when you have told Cafcass. The dispute stays open here until you settle it.",
            "Why",
            "Record the referral",
        ),
        Step::Settle => (
            "Settle the dispute",
            "Settle it when what was wrong for the child has been put right.",
            "How was it settled?",
            "Settle it",
        ),
    }
}

fn draw(visit: &Visit, page: &ReviewsPage, (step, name): (Step, &str), form: &FormState) -> Markup {
    let child = page.handle.id();
    let (heading, lead, question, button) = words(step);
    let back = format!("/children/{child}/reviews");
    let mut around = around(visit, page, heading, Some(("Reviews", back.clone())));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { (heading) }
            p.govuk-body { (lead) }
            form method="post" action=(format!("/children/{child}/dispute/{name}")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (Textarea::new("text", question).rows(6).limit(10_000).render(form))
                (button_group(&[Button::main(button)], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn send(
    Path((child, step)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let (page, what) = open(&visit, child, &step).await?;
    let text = form.value("text").to_owned();
    match visit.casework().dispute(&visit.actor, child, what, &text).await {
        Ok(()) => Ok(done(&visit.app, &format!("/children/{child}/reviews"), "It is recorded.")),
        Err(error) => {
            wrong(&mut form, error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, (what, &step), &form)).into_response())
        }
    }
}
