//! Looking at what one person outside would get, and sending it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use kinfold_casework::forms::Asked;
use kinfold_casework::health::{Decided, Rendering, SharePurpose, SummaryAsk};
use kinfold_casework::sending::{Preview, What};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::{inset, warning};
use kinfold_look::form::{
    Button, DateInput, FormState, Required, TextInput, Textarea, button_group, csrf_field, error_summary,
    hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{desk, reads, weighed};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// So long a link opens unless somebody says otherwise, in days.
const USUAL: i32 = 14;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::AskOutside);
    vec![
        get("/children/{child}/reviews/{review}/copies/{part}/link", whom, review),
        post("/children/{child}/reviews/{review}/copies/{part}/link", whom, send_review),
        get("/children/{child}/health/summary/link", whom, summary),
        post("/children/{child}/health/summary/link", whom, send_summary),
    ]
}

type At = (ChildId, String, String);

/// A page to look at, and where it was come to from.
struct Place {
    child: ChildId,
    what: What,
    here: String,
    back: (&'static str, String),
}

impl Place {
    fn review((child, occasion, part): At) -> Self {
        let copy = format!("/children/{child}/reviews/{occasion}/copies/{part}");
        Self {
            child,
            what: What::Review { occasion, part },
            here: format!("{copy}/link"),
            back: ("The copy", copy),
        }
    }

    fn summary(child: ChildId, form: &FormState) -> Self {
        let ask = SummaryAsk {
            recipient: match form.value("recipient") {
                "" => "gp".to_owned(),
                recipient => recipient.to_owned(),
            },
            rendering: Rendering::parse(form.value("rendering")),
            purpose: SharePurpose::parse(form.value("purpose")),
            decided: Decided {
                address: form.holds("decided", "address"),
                others: form.holds("decided", "others"),
            },
        };
        Self {
            child,
            what: What::Summary(ask),
            here: format!("/children/{child}/health/summary/link"),
            back: ("The summary", format!("/children/{child}/health/summary")),
        }
    }
}

async fn review(visit: Visit, Path(at): Path<At>) -> Reply<Response> {
    show(&visit, &Place::review(at)).await
}

async fn summary(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    show(&visit, &Place::summary(child, &visit.query)).await
}

async fn show(visit: &Visit, place: &Place) -> Reply<Response> {
    match visit.casework().preview_outside(&visit.actor, place.child, &place.what).await {
        Ok(preview) => {
            let today = visit.casework().today();
            let form = FormState::new().with_date("due", today.checked_add(USUAL.days()).unwrap_or(today));
            Ok(draw(visit, place, &preview, &form).into_response())
        }
        // What is not ready is made ready on the page before.
        Err(Error::Invalid(problems)) => {
            let words = problems.into_iter().next().map(|p| p.message).unwrap_or_default();
            Ok(done(&visit.app, &place.back.1, &format!("!{words}")))
        }
        Err(error) => Err(error.into()),
    }
}

fn draw(visit: &Visit, place: &Place, preview: &Preview, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let body = &preview.body;
    let mut around = frame(visit, "Send a copy");
    around.bar = Some(bar(&preview.handle, &preview.timeline, &book, visit.casework().today()));
    around.back = Some((place.back.0.to_owned(), place.back.1.clone()));
    around.has_errors = form.has_errors();
    let who = book.guidance.codes.title(&body.roles, &body.role).to_owned();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Send a copy by a link" }
        p.kf-lead { "For: " (who) @if let Some(name) = &preview.name { ", " (name) } }
        @if let Some(barred) = &preview.barred { (warning(barred)) }
        (inset(&html! { p { "What follows is exactly what they will read, and nothing else." } }))
        h2.govuk-heading-l { (body.title) }
        (reads(body))
        (weighed(body))
        @if preview.barred.is_none() {
            form class="kf-screen-only" method="post" action=(place.here) novalidate {
                h2.govuk-heading-m { "Send it" }
                p.govuk-body { "They get an e-mail with a link, which says nothing about the child. When they open it, a code goes to the same address, so that nobody else can use it. Each reading is noted, and you can take the link back." }
                @if !body.sensitive.is_empty() { p.govuk-body { "It holds something sensitive: the link goes when a team manager or the reviewing officer has looked at it and released it, whoever of them had no hand in making it." } }
                (csrf_field(visit.actor.csrf()))
                (hidden("mark", &preview.mark))
                @if let What::Summary(ask) = &place.what {
                    (hidden("recipient", &ask.recipient))
                    (hidden("rendering", ask.rendering.map_or("", Rendering::code)))
                    (hidden("purpose", ask.purpose.map_or("", SharePurpose::as_str)))
                    @if ask.decided.address { (hidden("decided", "address")) }
                    @if ask.decided.others { (hidden("decided", "others")) }
                }
                (TextInput::new("name", "Their name").autocomplete("off").render(form))
                (TextInput::new("email", "Their e-mail address").email().hint("The link and the code go there. Check it letter by letter").autocomplete("off").render(form))
                (DateInput::new("due", "Until when can they read it?").hint("After this day the link opens nothing").render(form))
                (Textarea::new("why", if body.sensitive.is_empty() { "Why it is sent" } else { "Why they may know what is sensitive in it" }).rows(2).limit(2000).render(form))
                (button_group(&[Button::main(if body.sensitive.is_empty() { "Send the link" } else { "Ask for its release" })], Some(("Cancel", &place.back.1))))
            }
        }
    })
}

async fn send_review(Path(at): Path<At>, Sent { visit, form }: Sent) -> Reply<Response> {
    send(&visit, &Place::review(at), form).await
}

async fn send_summary(Path(child): Path<ChildId>, Sent { visit, form }: Sent) -> Reply<Response> {
    let place = Place::summary(child, &form);
    send(&visit, &place, form).await
}

async fn send(visit: &Visit, place: &Place, mut form: FormState) -> Reply<Response> {
    let casework = visit.casework();
    let due_on = form.read_date("due", "The day", Required::Yes);
    let why = form.read_text_to("why", 2000, Required::No, "").unwrap_or_default();
    let to = Asked { name: form.value("name").to_owned(), email: form.value("email").to_owned(), due_on };
    // The rights are decided before anything is said about the form.
    let preview = casework.preview_outside(&visit.actor, place.child, &place.what).await?;
    if !form.has_errors() {
        let mark = form.value("mark").to_owned();
        match casework.send_outside(&visit.actor, place.child, &place.what, &to, &why, &mark).await {
            Ok((id, Some(token))) => {
                let view = casework.sent_copy(&visit.actor, place.child, id).await?;
                return Ok(desk::draw(visit, &view, &FormState::new(), Some(&token)).into_response());
            }
            Ok((id, None)) => {
                let to = format!("/children/{}/sending/{id}", place.child);
                let words = match preview.body.sensitive.is_empty() {
                    true => "The link is on its way.",
                    false => "It waits to be released. Those who can release it are told.",
                };
                return Ok(done(&visit.app, &to, words));
            }
            Err(Error::Conflict { .. }) => form.form_error(
                "The record has changed since you looked at this copy. Look at it again, then send it.",
            ),
            Err(error) => {
                refuse(&mut form, error)?;
            }
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(visit, place, &preview, &form)).into_response())
}
