//! What a child typed for a review that was held, called off or changed meanwhile: it is shown back, and can be said all the
//! same.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_look::form::{Button, csrf_field, hidden};
use kinfold_look::html;

use super::draw::own_words;
use super::own;
use crate::oops::Reply;
use crate::visit::Visit;

/// The answer to words that came too late for a review. What was begun elsewhere and not sent yet stays with them.
pub(crate) async fn too_late(visit: &Visit, typed: &[&str]) -> Reply<Response> {
    let typed: Vec<&str> = typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let saying = visit.casework().say_page(&visit.actor).await?.saying;
    let begun = Some(saying.text.trim()).filter(|text| !text.is_empty());
    let all: Vec<&str> = begun.into_iter().chain(typed.iter().copied()).collect();
    let topic = if saying.topic.is_empty() { "change" } else { saying.topic.as_str() };
    let mut around = own(visit, "My review");
    around.back = Some(("Back to my review".to_owned(), "/me/review".to_owned()));
    let page = around.render(&html! {
        h1 class="govuk-heading-xl" { "Your review has changed" }
        p class="govuk-body" { "We met, or changed the plan, while you wrote this. Your words are safe. Here they are." }
        (own_words(&typed.join("\n")))
        @if typed.is_empty() {
            p class="govuk-body" { a class="govuk-link" href="/me/say" { "Say something" } }
        } @else {
            p class="govuk-body" { "You can still tell us. You pick who can read it." }
            form method="post" action="/me/say/words" {
                (csrf_field(visit.actor.csrf()))
                (hidden("topic", topic))
                (hidden("feeling", saying.feeling.as_deref().unwrap_or_default()))
                (hidden("line", &saying.line.map(|line| line.to_string()).unwrap_or_default()))
                (hidden("text", &all.join("\n\n")))
                (Button::main("Tell my people"))
            }
        }
    });
    Ok((StatusCode::CONFLICT, page).into_response())
}
