//! What the child wants for a review, written down for them by somebody they told.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::{ReviewPage, Wishes};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, FormState, Radios, Required, Textarea, button_group, csrf_field, error_summary,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{around, meanwhile, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::RecordCare);
    vec![
        get("/children/{child}/reviews/{review}/wishes", whom, show),
        post("/children/{child}/reviews/{review}/wishes", whom, send),
    ]
}

async fn open(visit: &Visit, child: ChildId, occasion: &str) -> Reply<ReviewPage> {
    let page = visit.casework().review_page(&visit.actor, child, occasion).await?;
    if page.reviews.handle.may.has(Action::RecordCare) { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn show(visit: Visit, Path((child, occasion)): Path<(ChildId, String)>) -> Reply<Markup> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        return Err(Error::Absent.into());
    }
    Ok(draw(&visit, &page, &FormState::new()))
}

fn draw(visit: &Visit, page: &ReviewPage, form: &FormState) -> Markup {
    let here = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    let mut around = around(visit, &page.reviews, "What the child wants", Some(("The review", here.clone())));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "What the child wants for the review" }
            form method="post" action=(format!("{here}/wishes")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (Textarea::new("place", "Where and when").rows(2).limit(2000).render(form))
                (Textarea::new("topics", "What they want talked about").hint("In their own words.").limit(4000).render(form))
                (Textarea::new("people", "Who should be there, and who not").hint("Only the reviewing officer and the child’s workers read this.").rows(3).limit(2000).render(form))
                (Textarea::new("not_topics", "What they do not want talked about in front of everybody").hint("Only the reviewing officer and the child’s workers read this.").rows(3).limit(2000).render(form))
                (Radios::yes_no("chairs", "Would they like to lead it, or a part of it?").render(form))
                (button_group(&[Button::main("Save")], Some(("Cancel", &here))))
            }
        } }
    })
}

/// What was answered, by the child or for them.
pub(super) fn read(form: &mut FormState) -> Wishes {
    Wishes {
        place: form.read_text_to("place", 2000, Required::No, ""),
        people: form.read_text_to("people", 2000, Required::No, ""),
        topics: form.read_text_to("topics", 4000, Required::No, ""),
        not_topics: form.read_text_to("not_topics", 2000, Required::No, ""),
        chairs: match form.value("chairs") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    }
}

async fn send(
    Path((child, occasion)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        let kept = html! { p.govuk-body { "What the child wants still counts. Keep it as a note in the chronology, or for the next review." } };
        return Ok(meanwhile::over(&visit, &page, &form, &kept));
    }
    let wishes = read(&mut form);
    if !form.has_errors() {
        match visit.casework().wish_for_review(&visit.actor, child, &occasion, &wishes).await {
            Ok(()) => {
                let to = format!("/children/{child}/reviews/{occasion}");
                return Ok(done(&visit.app, &to, "What the child wants is on the page of the review."));
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
}
