//! My log: writing a note, and the notes so far.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::{LONGEST_NOTE, LogNote, LogPage, LogState, NewNote};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Book, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, Checkboxes, Choice, DateInput, FormState, Radios, Required, Textarea, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::home::numbers;
use super::know::{Here, ways};
use super::{about, signed_first, words, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/caring/{child}/log", For::Child(Action::KeepLog), show),
        post("/caring/{child}/log", For::Child(Action::KeepLog), send),
        post("/caring/{child}/log/draft", For::Child(Action::KeepLog), keep),
        post("/caring/{child}/log/discard", For::Child(Action::KeepLog), discard),
    ]
}

fn fresh(page: &LogPage) -> FormState {
    FormState::new().with("key", form_key()).with("draft-version", "0").with_date("day", page.today)
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    let page = match visit.casework().carers_log(&visit.actor, child).await {
        Ok(page) => page,
        Err(error) => return signed_first(&visit, child, error).await,
    };
    let form = match &page.draft {
        Some(draft) => FormState::from_pairs(draft.fields.clone())
            .with("key", form_key())
            .with("draft-version", draft.version.to_string()),
        None => fresh(&page),
    };
    // A note that came back is answered by a note that follows it.
    let follows = visit.query.value("follows");
    let form = if follows.is_empty() { form } else { form.with("follows", follows) };
    Ok(draw(&visit, &page, &form).into_response())
}

fn draw(visit: &Visit, page: &LogPage, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let mut around = about(visit, "My log", page.child, &page.called);
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.kf-read {
            (error_summary(form))
            h1.govuk-heading-l { "My log" }
            (ways(page.child, Here::Log))
            (write(visit, page, form, &book))
            h2.govuk-heading-m { "My notes about " (page.called) }
            @if page.notes.is_empty() {
                p.govuk-body { "No notes yet. What you write about the child’s days stands here." }
            } @else {
                ul.kf-facts { @for note in &page.notes { (line(page, note, &book)) } }
            }
        }
    })
}

fn line(page: &LogPage, note: &LogNote, book: &Book) -> Markup {
    let base = format!("/caring/{}/log/{}", page.child, note.entry);
    let start: String = note.text.chars().take(120).collect();
    html! {
        li.kf-facts__one {
            a.govuk-link href=(base) { (book.guidance.codes.title("carer_log", &note.topic)) ", " (date::long(note.day)) } " "
            (words::state(note.state)) @if note.urgent { " " (kinfold_look::tag::tag("Urgent", kinfold_look::tag::Colour::Red)) }
            p.kf-facts__line { (start) @if start.len() < note.text.len() { "…" } }
            @if note.state == LogState::SentBack && let Some(answer) = note.answers.last() {
                p.kf-facts__line { strong { "You were asked: " } (answer.text.as_deref().unwrap_or("")) }
                p.kf-facts__line { a.govuk-link href=(format!("/caring/{}/log?follows={}#write", page.child, note.entry)) { "Answer it with a note" } }
            }
        }
    }
}

fn write(visit: &Visit, page: &LogPage, form: &FormState, book: &Book) -> Markup {
    let action = format!("/caring/{}/log", page.child);
    let follows = page.notes.iter().find(|n| n.entry.to_string() == form.value("follows"));
    let topics = book.guidance.codes.list("carer_log").map(|l| l.on(page.today)).into_iter().flatten();
    html! {
        h2.govuk-heading-m #write { "Write a note" }
        @if page.draft.is_some() && !form.has_errors() {
            (inset(&html! {
                p.govuk-body { "You began a note and have not saved it. It was kept for you, and nobody else sees it." }
                form method="post" action=(format!("{action}/discard")) {
                    (csrf_field(visit.actor.csrf()))
                    button class="govuk-button govuk-button--secondary" type="submit" { "Start afresh" }
                }
            }))
        }
        form method="post" action=(action) novalidate data-kf-draft=(format!("{action}/draft")) {
            (csrf_field(visit.actor.csrf()))
            @for name in ["key", "draft-version", "follows"] { (hidden(name, form.value(name))) }
            @if let Some(note) = follows {
                (inset(&html! { p.govuk-body { "This note follows yours of " (date::long(note.day)) @if let Some(answer) = note.answers.last() { ". You were asked: “" (answer.text.as_deref().unwrap_or("")) "”" } } }))
            }
            (Radios::new("topic", "What is it about?", topics.map(|c| Choice::new(c.code.as_str(), c.title.as_str()))).small().render(form))
            (DateInput::new("day", "Which day?").hint("For example, 27 3 2026").render(form))
            (Textarea::new("text", "What happened?").hint("Write what you saw and heard, as the child may read it one day. Nobody changes your words.").rows(6).limit(u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX)).render(form))
            (Checkboxes::new("urgent", "Does it need somebody at once?", [
                Choice::new("yes", "Yes. Tell the social worker and their manager now").hint("If somebody is in danger, ring 999 first."),
            ]).render(form))
            p.govuk-hint { @if let Some(name) = &page.key_worker { (name) } @else { "The social worker" } " and those who support you read it. It becomes part of the record when they take it in." }
            (button_group(&[Button::main("Save the note"), Button::secondary("Keep it for later").sends("later", "yes")], None))
        }
    }
}

fn fields(form: &FormState) -> Vec<(String, String)> {
    let ours = ["csrf", "key", "draft-version", "later"];
    form.pairs()
        .filter(|(n, v)| !ours.contains(n) && !v.is_empty())
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect()
}

async fn save(visit: &Visit, child: ChildId, form: &FormState) -> Reply<i64> {
    let version = form.value("draft-version").parse().unwrap_or(0);
    match visit.casework().keep_note(&visit.actor, child, &fields(form), version).await {
        Ok(version) => Ok(version),
        // A newer draft from another window stays; what was typed here is on the page and in the answer.
        Err(
            Error::Conflict { current }
            | Error::Store(kinfold_casework::StoreError::Conflict { current, .. }),
        ) => Ok(current),
        Err(error) => Err(error.into()),
    }
}

async fn send(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let casework = visit.casework();
    if form.holds("later", "yes") {
        // Asked first, so that somebody who is no carer of this child finds nothing here.
        casework.carers_log(&visit.actor, child).await?;
        save(&visit, child, &form).await?;
        return Ok(done(&visit.app, "/caring", "Kept for you. Open your log again to go on with it."));
    }
    let day = form.read_date("day", "The day", Required::Yes);
    let follows = form.value("follows").parse().ok();
    if !form.has_errors()
        && let Some(day) = day
    {
        let new = NewNote {
            topic: form.value("topic").into(),
            urgent: form.holds("urgent", "yes"),
            day,
            text: form.value("text").to_owned(),
            follows,
        };
        match casework.write_note(&visit.actor, child, form.value("key"), &new).await {
            Ok(entry) if new.urgent => {
                let words = "Saved. The social worker and their manager have been told. If somebody is in danger, ring 999 now.";
                return Ok(done(&visit.app, &format!("/caring/{child}/log/{entry}"), words));
            }
            Ok(_) => return Ok(done(&visit.app, &format!("/caring/{child}/log"), "Saved in your log.")),
            Err(error) => wrong(&mut form, error)?,
        }
    }
    let mut page = casework.carers_log(&visit.actor, child).await?;
    // What was typed is kept even if this page never arrives; a text too long to keep is on the page alone.
    if form.value("text").chars().count() <= 4 * LONGEST_NOTE {
        let version = save(&visit, child, &form).await?;
        form = form.with("draft-version", version.to_string());
    }
    page.draft = None;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
}

async fn keep(Path(child): Path<ChildId>, Sent { visit, form }: Sent) -> Reply<Response> {
    visit.casework().undertaking(&visit.actor, child).await?;
    let version = save(&visit, child, &form).await?;
    Ok((StatusCode::OK, version.to_string()).into_response())
}

async fn discard(Path(child): Path<ChildId>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().undertaking(&visit.actor, child).await?;
    visit.casework().drop_note(&visit.actor, child).await?;
    Ok(done(&visit.app, &format!("/caring/{child}/log"), "Thrown away."))
}

/// What stands below an urgent note.
pub(super) fn at_once(book: &Book) -> Markup {
    numbers(book)
}
