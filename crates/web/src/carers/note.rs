//! One note of my log: what I wrote, what was answered, and taking it back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::{LogNote, LogPage, LogState};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::details;
use kinfold_look::form::{Button, FormState, Textarea, csrf_field, error_summary};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId};

use super::log::at_once;
use super::{frame, signed_first, typed, words, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/caring/{child}/log/{entry}", For::Child(Action::KeepLog), show),
        post("/caring/{child}/log/{entry}/withdraw", For::Child(Action::KeepLog), withdraw),
    ]
}

async fn show(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Response> {
    let page = match visit.casework().carers_log(&visit.actor, child).await {
        Ok(page) => page,
        Err(error) => return signed_first(&visit, child, error).await,
    };
    let note = page.notes.iter().find(|n| n.entry == entry).ok_or(Error::Absent)?;
    Ok(draw(&visit, &page, note, &FormState::new()).into_response())
}

fn draw(visit: &Visit, page: &LogPage, note: &LogNote, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let mut around = frame(visit, "A note of my log");
    around.back = Some(("Back to my log".to_owned(), format!("/caring/{}/log", page.child)));
    around.has_errors = form.has_errors();
    let title = book.guidance.codes.title("carer_log", &note.topic).to_owned();
    let followed = page.notes.iter().filter(|n| n.follows.as_ref() == Some(&note.log));
    let before = page.notes.iter().find(|n| note.follows.as_ref() == Some(&n.log));
    let open = matches!(note.state, LogState::Waiting(_) | LogState::Late(_) | LogState::SentBack);
    let link = |other: &LogNote| html! { a.govuk-link href=(format!("/caring/{}/log/{}", page.child, other.entry)) { "your note of " (date::long(other.day)) } };
    around.render(&html! {
        div.kf-read {
            (error_summary(form))
            h1.govuk-heading-l { (title) ", " (date::long(note.day)) }
            p.govuk-body { (words::state(note.state)) @if note.urgent { " " (kinfold_look::tag::tag("Urgent", kinfold_look::tag::Colour::Red)) } }
            (typed(&note.text))
            p.govuk-body { (words::state_sentence(note.state)) }
            @if note.urgent && open { (at_once(&book)) }
            @if let Some(before) = before { p.govuk-body { "It follows " (link(before)) "." } }
            @for other in followed { p.govuk-body { "It is followed by " (link(other)) "." } }
            @for answer in &note.answers {
                div.kf-answer {
                    p.kf-answer__who { (answer.by.and_then(|p| page.names.get(&p)).map_or("Somebody", String::as_str)) ", " (date::long(answer.on)) }
                    @match &answer.text {
                        Some(text) => @for line in text.lines().filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } },
                        None => p.govuk-body { (book.guidance.codes.title("log_outcome", answer.outcome.as_deref().unwrap_or("accepted"))) "." },
                    }
                }
            }
            @if note.state == LogState::SentBack {
                p.govuk-body { a class="govuk-button" href=(format!("/caring/{}/log?follows={}#write", page.child, note.entry)) role="button" draggable="false" { "Answer it with a note" } }
            }
            @if let Some(reason) = &note.withdrawn { p.govuk-body { "Why you took it back: " (reason) } }
            @if open {
                (details("Take this note back", &html! {
                    form method="post" action=(format!("/caring/{}/log/{}/withdraw", page.child, note.entry)) novalidate {
                        (csrf_field(visit.actor.csrf()))
                        p.govuk-body { "Nothing is deleted: it stays in your log, marked, with your reason." }
                        (Textarea::new("reason", "Why do you take it back?").rows(2).limit(2000).render(form))
                        (Button::secondary("Take it back"))
                    }
                }, form.has_errors()))
            }
        }
    })
}

async fn withdraw(
    Path((child, entry)): Path<(ChildId, EntryId)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let reason = form.value("reason").to_owned();
    if let Err(error) = visit.casework().withdraw_note(&visit.actor, child, entry, &reason).await {
        wrong(&mut form, error)?;
        let page = visit.casework().carers_log(&visit.actor, child).await?;
        let note = page.notes.iter().find(|n| n.entry == entry).ok_or(Error::Absent)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, note, &form)).into_response());
    }
    Ok(done(&visit.app, &format!("/caring/{child}/log"), "Taken back. It stays in your log, marked."))
}
