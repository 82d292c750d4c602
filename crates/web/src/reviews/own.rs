//! My review: what the child wants for it, said in their own space.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Error;
use kinfold_casework::reviews::MyReview;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, Radios, Textarea, csrf_field, error_summary};
use kinfold_look::{Markup, date, html};

use super::wrong;
use crate::me::{own, too_late, words};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/review/say", For::Own, show), post("/me/review/say", For::Own, send)]
}

/// The way to this page from the child's page about reviews, when a review is called.
pub(crate) fn way(mine: &MyReview) -> Markup {
    html! {
        p class="govuk-body" { "Your next review is on " strong { (date::long(mine.on)) } @if let Some(time) = &mine.time { ", " (time) } "." }
        p class="govuk-body" { a class="govuk-link" href="/me/review/say" { "Say what you want at your review" } }
        @if mine.form.is_some() {
            p class="govuk-body" { a class="govuk-link" href="/me/review/part" { "Fill in your part for it" } }
        } @else if mine.part_in {
            p class="govuk-body" { "Your part is there. Thank you." }
        }
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let mine = visit.casework().my_review(&visit.actor).await?;
    Ok(draw(&visit, mine.as_ref(), &FormState::new()))
}

fn draw(visit: &Visit, mine: Option<&MyReview>, form: &FormState) -> Markup {
    let mut around = own(visit, "My review");
    around.back = Some(("Back".to_owned(), "/me/review".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { "What do you want at your review?" }
        @match mine {
            None => p class="govuk-body" { "No review is set yet. When it is, you can say here what you want." },
            Some(mine) => {
                p class="govuk-body" {
                    "It is on " strong { (date::long(mine.on)) } @if let Some(time) = &mine.time { ", " (time) } "."
                    @if let Some(place) = &mine.place { " " (words::place(place)) @if let Some(detail) = &mine.detail { ", " (detail) } "." }
                }
                @if !mine.people.is_empty() {
                    p class="govuk-body" { "We asked them to come:" }
                    ul class="govuk-list govuk-list--bullet" { @for role in &mine.people { li { (words::role(role).0) } } }
                }
                @for wish in &mine.wishes {
                    (inset(&html! {
                        @for text in [&wish.topics, &wish.place, &wish.people, &wish.not_topics].into_iter().flatten() { p { (text) } }
                        p class="govuk-hint" { "You said this on " (date::long(wish.on)) }
                    }))
                }
                form method="post" action="/me/review/say" novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (Textarea::new("topics", "What should we talk about?").rows(3).render(form))
                    (Textarea::new("place", "Where and when would you like it to be?").rows(2).limit(2000).render(form))
                    (Textarea::new("people", "Who do you want there? Who not?").hint("Only the people who run your review and your social worker read this.").rows(2).limit(2000).render(form))
                    (Textarea::new("not_topics", "What should we not talk about in front of all of them?").hint("Only the people who run your review and your social worker read this.").rows(2).limit(2000).render(form))
                    (Radios::yes_no("chairs", "Do you want to lead it, or a part of it?").render(form))
                    (Button::main("Send it"))
                }
            }
        }
    })
}

/// The review was held, called off or closed to the child meanwhile: their words come back to them.
async fn kept(visit: &Visit, form: &FormState) -> Reply<Response> {
    let lead = if form.holds("chairs", "yes") { "I want to lead my review." } else { "" };
    let typed = ["topics", "place", "people", "not_topics"].map(|name| form.value(name));
    too_late(visit, &[typed.as_slice(), &[lead]].concat()).await
}

async fn send(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let Some(mine) = visit.casework().my_review(&visit.actor).await? else {
        return kept(&visit, &form).await;
    };
    let wishes = super::wishes::read(&mut form);
    if !form.has_errors() {
        match visit.casework().wish_for_review(&visit.actor, mine.child, &mine.occasion, &wishes).await {
            Ok(()) => {
                return Ok(done(
                    &visit.app,
                    "/me/review/say",
                    "Sent. The person who runs your review reads it.",
                ));
            }
            Err(Error::Absent) => return kept(&visit, &form).await,
            Err(Error::Invalid(_)) => form.form_error("Write or choose at least one thing."),
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, Some(&mine), &form)).into_response())
}
