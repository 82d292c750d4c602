//! What I said: everything, with who can read it, when an answer comes, and the answers.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::forms::Download;
use kinfold_casework::me::{Said, SaidState};
use kinfold_look::{Markup, date, html};
use kinfold_record::EntryId;
use uuid::Uuid;

use super::draw::{face, files, own_words};
use super::say::listed;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/me/said", For::Own, list),
        get("/me/said/{entry}", For::Own, one),
        get("/me/files/{file}", For::Own, file),
    ]
}

async fn list(visit: Visit) -> Reply<Markup> {
    let all = visit.casework().own_said(&visit.actor).await?;
    Ok(own(&visit, "What I said").render(&html! {
        h1 class="govuk-heading-xl" { "What I said" }
        @if all.is_empty() {
            p class="govuk-body" { "You have not said a thing here yet. What you send will be kept here, with the answer." }
            p { a class="govuk-button" href="/me/say" role="button" draggable="false" { "Say something" } }
        }
        @for said in &all {
            section class="kf-said" {
                h2 class="govuk-heading-m" { (words::topic(&said.topic).0) }
                p class="kf-said__when" { (date::long(said.on)) }
                @if let Some(text) = &said.text { p class="govuk-body" { (first_words(text)) } }
                p class="govuk-body" { (state(said)) }
                p class="govuk-body" { a class="govuk-link" href=(format!("/me/said/{}", said.entry)) { "Open it" span class="govuk-visually-hidden" { " (" (words::topic(&said.topic).0) ", " (date::long(said.on)) ")" } } }
            }
        }
    }))
}

fn first_words(text: &str) -> String {
    let short: String = text.chars().take(120).collect();
    if short.len() < text.len() { format!("“{}…”", short.trim_end()) } else { format!("“{short}”") }
}

/// Where it stands, in one line.
fn state(said: &Said) -> Markup {
    let who = said.reply_from.as_deref().unwrap_or("One of your people");
    html! {
        @match said.state {
            SaidState::Answered => strong { "You have an answer." },
            SaidState::Owed(_) if said.topic == "help_now" => { "We were told at once. Someone will reach you." },
            SaidState::Owed(on) => { (who) " will write back by " strong { (date::long(on)) } "." },
            SaidState::Late(on) => { "You should have heard back by " strong { (date::long(on)) } ". That is our fault, not yours. We have told the boss." },
            SaidState::Closed => { "This one is closed." },
        }
    }
}

async fn one(visit: Visit, Path(entry): Path<EntryId>) -> Reply<Markup> {
    let (said, added) = visit.casework().own_said_one(&visit.actor, entry).await?;
    let mut around = own(&visit, "What I said");
    around.back = Some(("Back to what I said".to_owned(), "/me/said".to_owned()));
    let readers: Vec<&str> = said.readers.iter().map(String::as_str).collect();
    Ok(around.render(&html! {
        h1 class="govuk-heading-xl" { (words::topic(&said.topic).0) }
        p class="kf-said__when" { "You said this on " (date::long(said.on)) "." }
        @if let Some(feeling) = &said.feeling { p class="kf-check__feeling" { (face(feeling)) " " (words::feeling(feeling)) } }
        @if let Some(text) = &said.text { (own_words(text)) }
        (files(&added, |f| format!("/me/files/{}", f.id), |_| html! {}))
        h2 class="govuk-heading-m" { "The answer" }
        @if said.answers.is_empty() { p class="govuk-body" { (state(&said)) } }
        @for answer in &said.answers {
            div class="kf-answer" {
                p class="kf-answer__who" { (answer.by.as_deref().unwrap_or("One of your people")) ", " (date::long(answer.on)) }
                @for line in answer.text.lines().filter(|l| !l.trim().is_empty()) { p class="govuk-body" { (line) } }
            }
        }
        @if !said.answers.is_empty() {
            p class="govuk-body" { "Not happy with this? " a class="govuk-link" href="/me/say" { "Tell us" } ", or " a class="govuk-link" href="/me/rights" { "see who can help you" } "." }
        }
        h2 class="govuk-heading-m" { "Who can read it" }
        p class="govuk-body" { (listed(&readers)) "." }
        @if said.passed_on { p class="govuk-body" { "We passed this on to keep you safe." } }
    }))
}

async fn file(visit: Visit, Path(file): Path<Uuid>) -> Reply<Response> {
    Ok(given_out(visit.casework().own_file(&visit.actor, file).await?))
}

/// A picture or a recording: what it is was found by looking at it, and nothing in it can run.
pub(super) fn given_out(found: Download) -> Response {
    let name = format!("attachment; filename=\"{}\"", found.name);
    let octets = HeaderValue::from_static("application/octet-stream");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(&found.kind).unwrap_or(octets)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
    ];
    (headers, found.bytes).into_response()
}
