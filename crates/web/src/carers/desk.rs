//! The carers of a child, for those who answer them: who has signed, what waits to be read, and one note at a time.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::Action;
use kinfold_casework::carers::{CarersPage, LogNote, LogState, Looking, NotePage, ReplyState};
use kinfold_casework::record::form_key;
use kinfold_look::form::{
    Button, Choice, FormState, Radios, Select, Textarea, csrf_field, error_summary, hidden,
};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId, PersonId, Sensitivity};

use super::{typed, wrong};
use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/carers", For::Child(Action::AnswerCarer), list),
        get("/children/{child}/carers/log/{entry}", For::Child(Action::AnswerCarer), show),
        post("/children/{child}/carers/log/{entry}", For::Child(Action::AnswerCarer), answer),
    ]
}

/// Where a note stands, for those who look at it.
fn state(state: LogState) -> Markup {
    html! {
        @match state {
            LogState::Waiting(Some(due)) => { "To be read by " (date::short(due)) },
            LogState::Waiting(None) => "To be read",
            LogState::Late(due) => strong { "Late: to be read by " (date::short(due)) },
            LogState::Accepted => "In the record",
            LogState::SentBack => "Sent back with a question",
            LogState::Withdrawn => "Taken back by the carer",
        }
    }
}

pub(super) fn reply_state(state: ReplyState) -> Markup {
    html! {
        @match state {
            ReplyState::Owed(due) => { "Reply owed by " (date::short(due)) },
            ReplyState::Late(due) => strong { "Late: reply owed by " (date::short(due)) },
            ReplyState::Answered => "Answered",
            ReplyState::Closed => "No reply is owed any more",
        }
    }
}

async fn list(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().carers_of(&visit.actor, child).await?;
    let mut around = frame(&visit, "Carers");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Back to the child’s page".to_owned(), format!("/children/{child}")));
    let name = |person: Option<PersonId>| {
        person.and_then(|p| page.names.get(&p)).map_or("A carer", String::as_str).to_owned()
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Carers" }
        (tabs(&page.handle, Here::Carers))
        (signed(&page))
        h2.govuk-heading-m { "Who decides what" }
        p.govuk-body {
            @if page.undecided == 0 { "Every decision of everyday life is recorded for this home. " }
            @else { strong { (page.undecided) } " decisions of everyday life are not recorded for this home. " }
            a.govuk-link href=(format!("/children/{child}/decisions")) { "Who decides what" }
        }
        p.govuk-body { a.govuk-link href=(format!("/children/{child}/record/need_to_know")) { "Write what carers need to know" } }
        h2.govuk-heading-m { "Questions" }
        @if page.questions.is_empty() {
            p.govuk-body { "None. What a carer asks stands here, and whoever is asked gets a notice." }
        } @else {
            (Table::new("Questions", ["Asked", "By", "Question", "State"].map(Column::new)).caption_hidden().dense().rows(page.questions.iter().map(|q| {
                Row::new()
                    .cell(html! { (date::short(q.on)) })
                    .cell(name(q.by))
                    .cell(html! { a.govuk-link href=(format!("/children/{child}/carers/questions/{}", q.entry)) { (first(&q.text)) } })
                    .cell(reply_state(q.state))
            })))
        }
        h2.govuk-heading-m { "The carers’ log" }
        p.govuk-body { "A note belongs to its carer until you take it into the record, in their words. Others do not see it before that." }
        @if page.notes.is_empty() {
            p.govuk-body { "No notes yet." }
        } @else {
            (Table::new("The carers’ log", ["Day", "By", "Note", "State"].map(Column::new)).caption_hidden().dense().rows(page.notes.iter().map(|n| note_row(&page, child, n, name(n.by)))))
        }
    }))
}

fn first(text: &str) -> String {
    let start: String = text.chars().take(80).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

fn note_row(page: &CarersPage, child: ChildId, note: &LogNote, by: String) -> Row {
    let late = matches!(note.state, LogState::Late(_));
    let row = Row::new()
        .cell(html! { (date::short(note.day)) })
        .cell(by)
        .cell(html! {
            a.govuk-link href=(format!("/children/{child}/carers/log/{}", note.entry)) { (page.book.guidance.codes.title("carer_log", &note.topic)) }
            @if note.urgent { " – " strong { "urgent" } }
        })
        .cell(state(note.state));
    if late { row.late() } else { row }
}

fn signed(page: &CarersPage) -> Markup {
    html! {
        h2.govuk-heading-m { "Confidentiality undertaking" }
        @if page.signers.is_empty() {
            p.govuk-body { "No carer with an account of their own is in the circle." }
        } @else {
            ul class="govuk-list" {
                @for signer in &page.signers {
                    li {
                        (signer.name) ": "
                        @match (signer.on, signer.before) {
                            (Some(on), _) => { "signed on " (date::long(on)) },
                            (None, Some(before)) => strong { "not signed since the words changed (last on " (date::long(before)) "). The child’s pages are closed to them" },
                            (None, None) => strong { "not signed. The child’s pages are closed to them" },
                        }
                    }
                }
            }
        }
    }
}

async fn show(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Markup> {
    let page = visit.casework().carers_note(&visit.actor, child, entry).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("outcome", "accepted")
        .with("sensitivity", page.usual.as_str());
    Ok(draw(&visit, &page, &form))
}

fn labels() -> [(&'static str, &'static str); 4] {
    [
        (
            Sensitivity::Ordinary.as_str(),
            "Everyday: everyone in the circle who reads the chronology, the child too",
        ),
        (
            Sensitivity::Health.as_str(),
            "Health: health colleagues and those who need it to care for the child",
        ),
        (Sensitivity::ThirdParty.as_str(), "About somebody else"),
        (Sensitivity::Safeguarding.as_str(), "Safeguarding: it could put somebody at risk"),
    ]
}

fn draw(visit: &Visit, page: &NotePage, form: &FormState) -> Markup {
    let (child, note) = (page.handle.id(), &page.note);
    let book = &page.book;
    let name = |person: Option<PersonId>| {
        person.and_then(|p| page.names.get(&p)).map_or("A carer", String::as_str).to_owned()
    };
    let mut around = frame(visit, "A carer’s note");
    around.bar = Some(bar(&page.handle, &page.timeline, book, page.today));
    around.back = Some(("Carers".to_owned(), format!("/children/{child}/carers")));
    around.has_errors = form.has_errors();
    let facts = [
        Fact::new("Written by", name(note.by)),
        Fact::new("About", html! { (date::long(note.day)) }),
        Fact::new(
            "Saved",
            html! { (date::long_with_time(kinfold_casework::chronology::recorded_words(note.at))) },
        ),
        Fact::new("State", state(note.state)),
    ];
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (book.guidance.codes.title("carer_log", &note.topic)) @if note.urgent { " – urgent" } }
        (typed(&note.text))
        (summary_list(&facts))
        @for other in &page.beside {
            p.govuk-body { "See also " a.govuk-link href=(format!("/children/{child}/carers/log/{}", other.entry)) { "the note of " (date::long(other.day)) } "." }
        }
        @for answer in &note.answers {
            h2.govuk-heading-s { (book.guidance.codes.title("log_outcome", answer.outcome.as_deref().unwrap_or("accepted"))) ", " (name(answer.by)) ", " (date::long(answer.on)) }
            @if let Some(text) = &answer.text { p.govuk-body { (text) } }
        }
        @if let Some(reason) = &note.withdrawn { p.govuk-body { "Why the carer took it back: " (reason) } }
        @if !matches!(note.state, LogState::Accepted | LogState::Withdrawn) { (form_of(visit, page, form)) }
    })
}

fn form_of(visit: &Visit, page: &NotePage, form: &FormState) -> Markup {
    let (child, note) = (page.handle.id(), &page.note);
    html! {
        h2.govuk-heading-m { "What comes of it" }
        @if note.urgent { p.govuk-body { strong { "Ring the carer." } " Then write here what was agreed." } }
        form method="post" action=(format!("/children/{child}/carers/log/{}", note.entry)) novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("key", form.value("key")))
            (Radios::new("outcome", "What do you do with the note?", [
                Choice::new("accepted", "Take it into the record").hint("In the carer’s words, on the day it is about"),
                Choice::new("sent_back", "Send it back with a question").hint("The carer answers with another note"),
            ]).render(form))
            (Select::new("sensitivity", "Who may read it in the record?", labels()).render(form))
            (Textarea::new("text", "What you say to the carer").hint("A word of thanks, what you will do, or your question").rows(4).limit(10_000).render(form))
            (Button::main("Done with this note"))
        }
    }
}

async fn answer(
    Path((child, entry)): Path<(ChildId, EntryId)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let looking = Looking {
        accept: form.value("outcome") == "accepted",
        text: Some(form.value("text").to_owned()),
        sensitivity: Sensitivity::parse(form.value("sensitivity")),
    };
    if !matches!(form.value("outcome"), "accepted" | "sent_back") {
        form.error("outcome", "Choose what you do with the note");
    }
    if !form.has_errors() {
        let key = form.value("key").to_owned();
        match visit.casework().look_at_note(&visit.actor, child, entry, &key, &looking).await {
            Ok(()) if looking.accept => {
                return Ok(done(
                    &visit.app,
                    &format!("/children/{child}/carers"),
                    "The note is part of the record. The carer has been told.",
                ));
            }
            Ok(()) => {
                return Ok(done(
                    &visit.app,
                    &format!("/children/{child}/carers"),
                    "Sent back. The carer has been told.",
                ));
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    let page = visit.casework().carers_note(&visit.actor, child, entry).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
}
