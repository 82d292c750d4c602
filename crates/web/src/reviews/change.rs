//! What changes about a review before its day: moved, called off, and who else is asked.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::ReviewPage;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, TextInput, Textarea, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::call::{read_when, when_and_where};
use super::{around, codes, meanwhile, read_code, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ConductReview);
    vec![
        get("/children/{child}/reviews/{review}/change", whom, show),
        post("/children/{child}/reviews/{review}/change", whom, send),
    ]
}

async fn open(visit: &Visit, child: ChildId, occasion: &str) -> Reply<ReviewPage> {
    let page = visit.casework().review_page(&visit.actor, child, occasion).await?;
    if page.reviews.leads() { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn show(visit: Visit, Path((child, occasion)): Path<(ChildId, String)>) -> Reply<Markup> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        return Err(Error::Absent.into());
    }
    let review = &page.review;
    let yes = |flag: Option<bool>| match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let form = FormState::new()
        .with("seen-version", page.reviews.handle.version.to_string())
        .with_date("on", review.on)
        .with("time", review.time.clone().unwrap_or_default())
        .with("place", review.place.clone().unwrap_or_default())
        .with("detail", review.detail.clone().unwrap_or_default())
        .with("by_child", yes(review.by_child))
        .with("child_chairs", yes(review.child_chairs));
    Ok(draw(&visit, &page, &form, &html! {}))
}

fn draw(visit: &Visit, page: &ReviewPage, form: &FormState, note: &Markup) -> Markup {
    let here = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    let mut around = around(visit, &page.reviews, "Change the review", Some(("The review", here.clone())));
    around.has_errors = form.has_errors();
    let part = |title: &str, what: &str, fields: Markup, button: Button| {
        html! {
            h2.govuk-heading-m { (title) }
            form method="post" action=(format!("{here}/change")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen-version", form.value("seen-version")))
                (hidden("what", what))
                (fields)
                (button)
            }
        }
    };
    let roles: Vec<(String, String)> = codes(&page.reviews, "circle_role")
        .into_iter()
        .filter(|(code, _)| code != "reviewing_officer")
        .collect();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Change the review" }
            (note)
            (part("Another day or place", "move", html! {
                (when_and_where(&page.reviews, form))
                (Textarea::new("why", "Why it is moved").rows(2).limit(2000).render(form))
            }, Button::main("Save")))
            (part("Ask somebody else", "invite", html! {
                p.govuk-body { "Somebody who is not in the circle: an independent agency, a friend, a club. They get a link to their own part and see nothing else." }
                (TextInput::new("name", "Name").render(form))
                (Select::new("role", "What they are for the child", roles).empty("Choose").render(form))
                (DateInput::new("due", "Ask for their part by").render(form))
            }, Button::secondary("Ask them")))
            (part("Call it off", "off", html! {
                (Textarea::new("off-why", "Why it is called off").rows(2).limit(2000).render(form))
            }, Button::warning("Call the review off")))
        } }
    })
}

async fn send(
    Path((child, occasion)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        return Ok(meanwhile::over(&visit, &page, &form, &html! {}));
    }
    let seen: i64 = form.value("seen-version").parse().unwrap_or(0);
    let back = format!("/children/{child}/reviews/{occasion}");
    let casework = visit.casework();
    let outcome = match form.value("what") {
        "move" => match read_when(&page.reviews, &mut form) {
            Some(to) => {
                let why = form.value("why").to_owned();
                let moved = casework.move_review(&visit.actor, child, &occasion, seen, &to, &why).await;
                Some(moved.map(|()| "The review is changed."))
            }
            None => None,
        },
        "invite" => {
            let role = read_code(
                &mut form,
                &page.reviews,
                ("role", "circle_role"),
                Required::Yes,
                "Choose what they are for the child",
            );
            let due = form.read_date("due", "Day for their part", Required::Yes);
            match (role, due) {
                (Some(role), Some(due)) => {
                    let name = form.value("name").to_owned();
                    let asked =
                        casework.invite_to_review(&visit.actor, child, &occasion, &role, &name, due).await;
                    Some(asked.map(|()| "They are on the list. Send them a link to their part."))
                }
                _ => None,
            }
        }
        "off" => {
            let why = form.value("off-why").to_owned();
            let off = casework.call_off_review(&visit.actor, child, &occasion, seen, &why).await;
            Some(off.map(|()| "The review is called off."))
        }
        _ => return Err(Error::Absent.into()),
    };
    match outcome {
        Some(Ok(words)) => return Ok(done(&visit.app, &back, words)),
        // Somebody recorded something meanwhile: both are shown, and sending it again is made from what stands now.
        Some(Err(Error::Conflict { current })) => {
            let page = open(&visit, child, &occasion).await?;
            let note = meanwhile::note(&meanwhile::both(&page, &form));
            let form = form.with("seen-version", current.to_string());
            return Ok((StatusCode::CONFLICT, draw(&visit, &page, &form, &note)).into_response());
        }
        Some(Err(error)) => wrong(&mut form, error)?,
        None => {}
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form, &html! {})).into_response())
}
