//! One action of a review: what became of it, or, for whoever leads the reviews, another day or owner.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::{ActionFact, ReviewsPage};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::Choice;
use kinfold_look::form::{
    Button, DateInput, FormState, Radios, Required, Select, Textarea, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::{around, codes, meanwhile, read_code, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ViewChronology);
    vec![
        get("/children/{child}/reviews/actions/{action}", whom, show),
        post("/children/{child}/reviews/actions/{action}", whom, send),
        post("/children/{child}/reviews/actions/{action}/move", For::Child(Action::ConductReview), put_off),
    ]
}

async fn show(visit: Visit, Path((child, action)): Path<(ChildId, String)>) -> Reply<Markup> {
    let (page, found) = visit.casework().review_action(&visit.actor, child, &action).await?;
    let form = FormState::new().with("owner", found.owner.clone()).with_date("by", found.by);
    Ok(draw(&visit, &page, &found, &form, &html! {}))
}

fn draw(visit: &Visit, page: &ReviewsPage, action: &ActionFact, form: &FormState, note: &Markup) -> Markup {
    let child = page.handle.id();
    let back = format!("/children/{child}/reviews");
    let here = format!("{back}/actions/{}", action.action);
    let mut around = around(visit, page, "Action from a review", Some(("Reviews", back.clone())));
    around.has_errors = form.has_errors();
    let codes_of = &page.book.guidance.codes;
    let outcomes = codes(page, "action_outcome").into_iter().map(|(code, title)| Choice::new(code, title));
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "What became of it?" }
            (note)
            (inset(&html! {
                p { strong { (action.text) } }
                p { (codes_of.title("action_owner", &action.owner)) @if let Some(name) = &action.person { ", " (name) } ", by " (date::long(action.by)) }
            }))
            @if let Some((on, outcome, text)) = &action.answered {
                h2.govuk-heading-m { "Answered already" }
                p.govuk-body { (codes_of.title("action_outcome", outcome)) ", " (date::long(*on)) @if let Some(text) = text { ": " (text) } }
                @for wrote in ["text", "why"].map(|field| form.value(field)).into_iter().filter(|wrote| !wrote.is_empty()) {
                    h2.govuk-heading-m { "What you wrote" }
                    p.govuk-body { (wrote) }
                    p.govuk-body { "Nothing of it was recorded. If the answer that stands is wrong, correct it in the chronology." }
                }
            } @else {
                form method="post" action=(here) novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (Radios::new("outcome", "Outcome", outcomes).render(form))
                    (Textarea::new("text", "What was done, or why not").hint("When it was not done as decided, the reason is owed to the child and to everybody at the review.").rows(4).limit(4000).render(form))
                    (button_group(&[Button::main("Record")], Some(("Cancel", &back))))
                }
                @if page.leads() {
                    h2.govuk-heading-m { "Another day or somebody else" }
                    form method="post" action=(format!("{here}/move")) novalidate {
                        (csrf_field(visit.actor.csrf()))
                        (hidden("seen", &action.moved.to_string()))
                        (Select::new("owner", "Who does it", codes(page, "action_owner")).render(form))
                        (DateInput::new("by", "By when").render(form))
                        (Textarea::new("why", "Why").rows(2).limit(2000).render(form))
                        (Button::secondary("Save"))
                    }
                }
            }
        } }
    })
}

async fn send(
    Path((child, action)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let (page, found) = visit.casework().review_action(&visit.actor, child, &action).await?;
    let outcome =
        read_code(&mut form, &page, ("outcome", "action_outcome"), Required::Yes, "Choose what became of it");
    if let Some(outcome) = outcome {
        let text = form.value("text").to_owned();
        match visit.casework().answer_action(&visit.actor, child, &action, &outcome, &text).await {
            Ok(()) => {
                return Ok(done(
                    &visit.app,
                    &format!("/children/{child}/reviews"),
                    "What became of it is recorded.",
                ));
            }
            // Somebody else answered meanwhile: both texts are shown.
            Err(Error::Conflict { .. }) => {
                let (page, found) = visit.casework().review_action(&visit.actor, child, &action).await?;
                return Ok(
                    (StatusCode::CONFLICT, draw(&visit, &page, &found, &form, &html! {})).into_response()
                );
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &found, &form, &html! {})).into_response())
}

async fn put_off(
    Path((child, action)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let (page, found) = visit.casework().review_action(&visit.actor, child, &action).await?;
    if !page.handle.may.has(Action::ConductReview) {
        return Err(Error::Absent.into());
    }
    let owner = read_code(&mut form, &page, ("owner", "action_owner"), Required::Yes, "Choose who does it");
    let by = form.read_date("by", "The day", Required::Yes);
    if let (Some(owner), Some(by)) = (owner, by) {
        let seen: usize = form.value("seen").parse().unwrap_or(0);
        let why = form.value("why").to_owned();
        match visit.casework().move_action(&visit.actor, child, &action, seen, &owner, by, &why).await {
            Ok(()) => {
                return Ok(done(&visit.app, &format!("/children/{child}/reviews"), "The action is changed."));
            }
            Err(Error::Conflict { .. }) => {
                let (page, found) = visit.casework().review_action(&visit.actor, child, &action).await?;
                let note = if found.answered.is_some() {
                    html! {}
                } else {
                    meanwhile::action_note(&page, &found, &form)
                };
                return Ok((StatusCode::CONFLICT, draw(&visit, &page, &found, &form, &note)).into_response());
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &found, &form, &html! {})).into_response())
}
