//! Somebody's copy of the record, looked over as they will read it before it is sent.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::{CopyPage, CopyState, PartSeen};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::{inset, warning};
use kinfold_look::compare::{Side, compare};
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, Required, TextInput, Textarea, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, State, html};
use kinfold_record::ChildId;

use super::{around, document, role, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/reviews/{review}/copies/{part}", For::Child(Action::ViewChronology), show),
        post("/children/{child}/reviews/{review}/copies/{part}", For::Child(Action::ConductReview), ready),
        post("/children/{child}/reviews/{review}/copies/{part}/send", For::Child(Action::RecordCare), send),
    ]
}

type At = (ChildId, String, String);

async fn show(visit: Visit, Path((child, occasion, part)): Path<At>) -> Reply<Markup> {
    let page = visit.casework().review_copy(&visit.actor, child, &occasion, &part, None).await?;
    Ok(draw(&visit, &page, &filled(&page), &html! {}))
}

fn filled(page: &CopyPage) -> FormState {
    FormState::new().with_all("sections", page.sections.iter().filter(|s| s.2).map(|s| s.0.clone()))
}

fn draw(visit: &Visit, page: &CopyPage, form: &FormState, note: &Markup) -> Markup {
    let review = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    let here = format!("{review}/copies/{}", page.part.part);
    let mut around = around(visit, &page.reviews, "Copy of the record", Some(("The review", review)));
    around.has_errors = form.has_errors();
    let who = role(&page.reviews.book, &page.part.role);
    let works = page.reviews.leads() || page.reviews.handle.may.has(Action::RecordCare);
    let choices = page.sections.iter().map(|(id, title, _, sensitive)| {
        let choice = Choice::new(id.clone(), title.clone());
        if *sensitive {
            choice.hint("Not usually for them. With it, a second person sends the copy.")
        } else {
            choice
        }
    });
    let open = page.state != CopyState::Sent;
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Record of the review" }
        (note)
        p.kf-lead { "The copy for: " (who) @if let Some(name) = &page.name { ", " (name) } }
        @if works {
            p.govuk-body {
                @match page.state {
                    CopyState::ToPrepare => (State::NotYet.saying("To be looked over")),
                    CopyState::Ready => (State::DueSoon.saying("Ready to send")),
                    CopyState::ToRelease => (State::Stuck.saying("Waits for a second person")),
                    CopyState::Sent => (State::Met.saying("Sent")),
                }
            }
            @if !page.gives_away.is_empty() {
                (warning(&format!("This copy names the home, which has to be kept from this person: {}. Correct the record, or leave that part out.", page.gives_away.join("; "))))
            }
        }
        (inset(&html! { p { "What follows is what they will read, and nothing else." } }))
        (document(&page.frozen, true))
        @if page.reviews.leads() && open {
            form class="kf-screen-only" method="post" action=(here) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen", &page.mark()))
                (Checkboxes::new("sections", "Parts of the record in this copy", choices).render(form))
                (Textarea::new("why", "Why they may know what is not usually for them").rows(2).limit(2000).render(form))
                (Button::main("This copy is ready"))
            }
        }
        @if works && page.state != CopyState::ToPrepare && page.part.role != "young_person" {
            p class="govuk-body kf-screen-only" {
                a.govuk-link href=(format!("{here}/link")) { "Send it by a link" } ", or see "
                a.govuk-link href=(format!("/children/{}/sending", page.reviews.handle.id())) { "what was sent to people outside" } "."
            }
        }
        @if works && matches!(page.state, CopyState::Ready | CopyState::ToRelease) {
            form class="kf-screen-only" method="post" action=(format!("{here}/send")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen", &page.mark()))
                @if page.state == CopyState::ToRelease {
                    p.govuk-body { "It holds something that is not usually for its reader" @if let Some(why) = page.part.copy.as_ref().and_then(|c| c.why.as_ref()) { ": " (why) } ". The team manager or the reviewing officer sends it, whoever of them did not make it ready." }
                }
                (TextInput::new("how", "How it is given to them").hint("Printed and handed over, by post, or read in Kinfold by those with an account.").render(form))
                (Button::secondary("It is sent"))
            }
        }
    })
}

/// What to say when somebody else made the copy ready, or sent it, since this page was drawn.
fn changed(page: &CopyPage, form: &FormState) -> Markup {
    let titles = |chosen: &dyn Fn(&str) -> bool| -> String {
        let held = page.sections.iter().filter(|(id, ..)| chosen(id));
        held.map(|(_, title, ..)| format!("{title}\n")).collect()
    };
    let why = |why: &str| if why.trim().is_empty() { String::new() } else { format!("Why: {why}") };
    let copy = page.part.copy.as_ref();
    let theirs = titles(&|id| copy.is_some_and(|c| c.sections.iter().any(|held| held == id)));
    let mine = titles(&|id| form.values("sections").iter().any(|held| held == id));
    let theirs = format!("{theirs}{}", why(copy.and_then(|c| c.why.as_deref()).unwrap_or_default()));
    html! {
        h2.govuk-heading-m { "Somebody else changed this copy meanwhile" }
        p.govuk-body { "Nothing was overwritten and nothing was sent by you. Look at the copy as it is now, and choose again." }
        (compare(
            &Side { title: "This copy now".to_owned(), who: "Made ready by somebody else".to_owned(), text: theirs },
            &Side { title: "What you chose".to_owned(), who: "Not recorded".to_owned(), text: format!("{mine}{}", why(form.value("why"))) },
        ))
    }
}

async fn ready(Path((child, occasion, part)): Path<At>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let chosen = form.values("sections").to_vec();
    let why = form.value("why").to_owned();
    let casework = visit.casework();
    let looked_at = form.value("seen").to_owned();
    let at = PartSeen::marked(&part, &looked_at);
    match casework.make_copy_ready(&visit.actor, child, &occasion, at, &chosen, &why).await {
        Ok(()) => {
            let to = format!("/children/{child}/reviews/{occasion}/copies/{part}");
            Ok(done(&visit.app, &to, "The copy is ready."))
        }
        Err(Error::Conflict { .. }) => {
            let page = casework.review_copy(&visit.actor, child, &occasion, &part, None).await?;
            Ok((StatusCode::CONFLICT, draw(&visit, &page, &form, &changed(&page, &form))).into_response())
        }
        Err(error) => {
            wrong(&mut form, error)?;
            let page = casework.review_copy(&visit.actor, child, &occasion, &part, Some(&chosen)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form, &html! {})).into_response())
        }
    }
}

async fn send(Path((child, occasion, part)): Path<At>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let how = form.read_text_to("how", 200, Required::No, "").unwrap_or_default();
    let casework = visit.casework();
    let seen = form.value("seen").to_owned();
    let at = PartSeen::marked(&part, &seen);
    match casework.send_copy(&visit.actor, child, &occasion, at, &how).await {
        Ok(()) => Ok(done(
            &visit.app,
            &format!("/children/{child}/reviews/{occasion}"),
            "The copy is recorded as sent.",
        )),
        // It is not the copy that was looked at: it is shown as it is now, and nobody has sent it unseen.
        Err(Error::Conflict { .. }) => {
            let page = casework.review_copy(&visit.actor, child, &occasion, &part, None).await?;
            let form = filled(&page).with("how", how);
            Ok((StatusCode::CONFLICT, draw(&visit, &page, &form, &changed(&page, &form))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
