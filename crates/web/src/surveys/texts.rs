//! Looking through what was written freely, before others read it.

use axum::extract::{Path, State as Held};
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::surveys::{Cleared, TextsPage};
use kinfold_look::banner::warning;
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, Legend, Textarea, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::RunSurveys);
    vec![
        get("/surveys/{round}/texts/{question}", whom, show),
        post("/surveys/{round}/texts/{question}", whom, save),
    ]
}

async fn show(visit: Visit, Path((id, question)): Path<(Uuid, String)>) -> Reply<Markup> {
    let page = visit.casework().survey_texts(&visit.actor, id, &question).await?;
    let form = page
        .texts
        .iter()
        .enumerate()
        .fold(FormState::new(), |form, (at, text)| form.with(format!("text-{at}"), text.clone()));
    Ok(draw(&visit, &page, &form))
}

fn draw(visit: &Visit, page: &TextsPage, form: &FormState) -> Markup {
    let back = format!("/surveys/{}", page.round.id);
    let mut around = frame(visit, "Look through what was written");
    around.back = Some(("The round".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (page.round.title) }
            h1.govuk-heading-l { "Look through what was written" }
            p.govuk-body { "“" (page.label) "”" }
            (warning("Take out names, and whatever a child, a family or a writer could be known by. What you leave here is read by everybody who reads surveys, and is printed in the report."))
            @if page.looked { p.govuk-body { "Somebody has looked through these before. You begin again from what was written." } }
            form method="post" action=(format!("{back}/texts/{}", page.question)) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("count", &page.texts.len().to_string()))
                @for at in 0..page.texts.len() {
                    (Textarea::new(format!("text-{at}"), format!("Text {} of {}", at + 1, page.texts.len())).rows(4).render(form))
                    (Checkboxes::new(format!("out-{at}"), Legend::small(format!("Text {}", at + 1)), [Choice::new("yes", "Leave it out")]).small().render(form))
                }
                (button_group(&[Button::main("These may be read")], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn save(
    Held(app): Held<App>,
    Path((id, question)): Path<(Uuid, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = visit.casework().survey_texts(&visit.actor, id, &question).await?;
    let count = form.value("count").parse::<usize>().unwrap_or(0).min(page.texts.len());
    let cleared: Vec<Cleared> = (0..count)
        .map(|at| Cleared {
            text: form.value(&format!("text-{at}")).to_owned(),
            leave_out: form.holds(&format!("out-{at}"), "yes"),
        })
        .collect();
    match visit.casework().clear_texts(&visit.actor, id, &question, &cleared).await {
        Ok(()) => Ok(done(&app, &format!("/surveys/{id}"), "What you left may now be read.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}
