//! What a child said, for those whom the child chose to read it; and what of their own space a child is not shown yet.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::me::{PartsPage, SaidState, VoicePage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, Textarea, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId};
use uuid::Uuid;

use super::draw::files;
use super::said::given_out;
use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/voice", For::Child(Action::ViewChild), list),
        get("/children/{child}/voice/{entry}", For::Child(Action::ViewChild), show),
        post("/children/{child}/voice/{entry}", For::Child(Action::ViewChild), reply),
        get("/children/{child}/voice/{entry}/files/{file}", For::Child(Action::ViewChild), file),
        get("/children/{child}/own-space", For::Child(Action::ViewChild), parts),
    ]
}

fn state(state: &SaidState) -> Markup {
    html! {
        @match state {
            SaidState::Owed(on) => { "Reply owed by " (date::long(*on)) },
            SaidState::Late(on) => strong { "Late: the reply was owed by " (date::long(*on)) },
            SaidState::Answered => { "Answered" },
            SaidState::Closed => { "No reply is owed any more" },
        }
    }
}

async fn list(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().voices(&visit.actor, child).await?;
    let book = visit.casework().book();
    let mut around = frame(&visit, "What the child said");
    around.bar = Some(bar(&page.handle, &page.timeline, &book, page.today));
    around.back = Some(("Back to the child’s page".to_owned(), format!("/children/{child}")));
    let rows = page.lines.iter().map(|line| {
        Row::new()
            .cell(html! { (date::short(line.on)) })
            .cell(html! { a.govuk-link href=(format!("/children/{child}/voice/{}", line.entry)) { (book.guidance.codes.title("voice_topic", &line.topic)) } })
            .cell(html! { (line.reply_from.as_deref().unwrap_or("–")) })
            .cell(state(&line.state))
    });
    Ok(around.render(&html! {
        h1.govuk-heading-l { "What the child said" }
        (tabs(&page.handle, Here::Voice))
        p.govuk-body { "The child chooses who reads what they say. Here is what they chose you to read. Others may have been told other things." }
        @if page.lines.is_empty() {
            p.govuk-body { "Nothing yet. What the child says to you in their own space will stand here, and you get a notice of it." }
        } @else {
            (Table::new("What the child said", ["Day", "What", "Who is to reply", "State"].map(Column::new)).caption_hidden().rows(rows))
        }
        p.govuk-body { a.govuk-link href=(format!("/children/{child}/own-space")) { "What the child sees in their own space" } }
    }))
}

async fn show(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Markup> {
    let page = visit.casework().voice_page(&visit.actor, child, entry).await?;
    Ok(draw(&visit, &page, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, page: &VoicePage, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let (child, said) = (page.handle.id(), &page.said);
    let title = |list: &str, code: &str| book.guidance.codes.title(list, code).to_owned();
    let mut around = frame(visit, "What the child said");
    around.bar = Some(bar(&page.handle, &page.timeline, &book, page.today));
    around.back = Some(("What the child said".to_owned(), format!("/children/{child}/voice")));
    around.has_errors = form.has_errors();
    let mut facts = vec![
        Fact::new("Said", html! { (date::long(said.on)) }),
        Fact::new(
            "Who can read it",
            html! { (said.readers.join(", ")) @if said.passed_on { ". Passed on to keep the child safe, and the child was told so before sending" } },
        ),
        Fact::new("Who is to reply", html! { (said.reply_from.as_deref().unwrap_or("The key worker")) }),
        Fact::new("State", state(&said.state)),
    ];
    if let Some(feeling) = &said.feeling {
        facts.insert(0, Fact::new("How they feel", html! { (title("voice_feeling", feeling)) }));
    }
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (title("voice_topic", &said.topic)) }
        @if page.taken_over {
            (inset(&html! { p.govuk-body { "You were not among those the child chose. You read this because the reply has become yours; the child was told that this can happen." } }))
        }
        @if let Some(text) = &said.text {
            blockquote.kf-child-words { @for line in text.lines() { (line) br; } }
        } @else {
            p.govuk-body { "The child wrote no words." }
        }
        (files(&page.files, |f| format!("/children/{child}/voice/{}/files/{}", said.entry, f.id), |_| html! {}))
        (summary_list(&facts))
        @for answer in &said.answers {
            h2.govuk-heading-m { "Reply of " (answer.by.as_deref().unwrap_or("somebody")) ", " (date::long(answer.on)) }
            @for line in answer.text.lines().filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } }
        }
        h2.govuk-heading-m { @if said.answers.is_empty() { "Reply to the child" } @else { "Write again" } }
        p.govuk-body { "The child reads this word for word. Short words and short sentences; say what will happen, by when, and if something cannot be, why." }
        form method="post" action=(format!("/children/{child}/voice/{}", said.entry)) novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("key", form.value("key")))
            (Textarea::new("text", "Your reply").rows(6).limit(5000).render(form))
            (Button::main("Send the reply"))
        }
    })
}

async fn reply(
    Path((child, entry)): Path<(ChildId, EntryId)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let key = form.value("key").to_owned();
    match visit.casework().reply_to_child(&visit.actor, child, entry, &key, form.value("text")).await {
        Ok(()) => Ok(done(
            &visit.app,
            &format!("/children/{child}/voice/{entry}"),
            "The child can read your reply now.",
        )),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            let page = visit.casework().voice_page(&visit.actor, child, entry).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn file(visit: Visit, Path((child, entry, file)): Path<(ChildId, EntryId, Uuid)>) -> Reply<Response> {
    Ok(given_out(visit.casework().voice_file(&visit.actor, child, entry, file).await?))
}

async fn parts(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().own_parts(&visit.actor, child).await?;
    let book = visit.casework().book();
    let mut around = frame(&visit, "The child’s own space");
    around.bar = Some(bar(&page.handle, &page.timeline, &book, page.today));
    around.back = Some(("Back to the child’s page".to_owned(), format!("/children/{child}")));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "The child’s own space" }
        p.govuk-body { "Every part is open to the child unless the circle has decided, with a reason and a day to look again, that it is not shown yet. The child sees that something is not shown, and can ask why. The reviewing officer sees every part that is closed." }
        @if !page.reads {
            p.govuk-body { "Your role for this child does not include reading what is closed and why." }
        } @else if page.closed.is_empty() {
            p.govuk-body { "Every part is open." }
        } @else {
            (closed(&page, &book))
        }
        @if page.decides {
            p.govuk-body { a.govuk-link href=(format!("/children/{child}/record/own_part_closed")) { "Close a part" } }
            p.govuk-body { a.govuk-link href=(format!("/children/{child}/record/own_part_opened")) { "Open a part again" } }
        }
    }))
}

fn closed(page: &PartsPage, book: &kinfold_casework::Book) -> Markup {
    let title = |list: &str, code: &str| book.guidance.codes.title(list, code).to_owned();
    let rows = page.closed.iter().map(|part| {
        let with: Vec<String> = part.decided_with.iter().map(|c| title("circle_role", c)).collect();
        Row::new()
            .cell(html! { (title("own_part", &part.part)) })
            .cell(html! { (part.reason) })
            .cell(html! { (date::short(part.since)) @if let Some(by) = &part.by { ", recorded by " (by) } @if !with.is_empty() { ", decided with: " (with.join(", ")) } })
            .cell(html! { (date::short(part.review_on)) @if part.review_on < page.today { strong { " (passed)" } } })
    });
    html! {
        (Table::new("Closed parts", ["Part", "Why", "Since", "Looked at again on"].map(Column::new)).caption_hidden().rows(rows))
    }
}
