//! What was submitted: read, printed, corrected; and the files given as answers.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Action;
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::forms::DocumentPage;
use kinfold_forms::{FrozenSection, Scored};
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, csrf_field};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;
use uuid::Uuid;

use super::answer::answer;
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ViewChild);
    vec![
        get("/children/{child}/documents/{document}", whom, show),
        post("/children/{child}/documents/{document}/correct", For::Child(Action::FillForm), correct),
        get("/children/{child}/forms/{form}/file/{file}", whom, file),
    ]
}

async fn show(visit: Visit, Path((child, id)): Path<(ChildId, Uuid)>) -> Reply<Markup> {
    let page = visit.casework().form_document(&visit.actor, child, id).await?;
    let mut around = frame(&visit, &page.frozen.title);
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("All forms".to_owned(), format!("/children/{child}/forms")));
    Ok(around.render(&draw(&visit, &page, child)))
}

fn draw(visit: &Visit, page: &DocumentPage, child: ChildId) -> Markup {
    let frozen = &page.frozen;
    let at = recorded_words(page.submitted_at);
    html! {
        h1.govuk-heading-l { (frozen.title) }
        (summary_list(&[
            Fact::new("Submitted", html! { (date::long_with_time(at)) " by " (page.submitted_by) }),
            Fact::new("Version", html! { (page.number) @if let Some(before) = page.replaces { ", in place of " a.govuk-link href=(format!("/children/{child}/documents/{before}")) { "the version before" } } }),
            Fact::new("Rests on", html! { (frozen.source) }),
        ]))
        @if let Some(later) = page.replaced_by {
            (inset(&html! { p { "A later version replaces this one. " a.govuk-link href=(format!("/children/{child}/documents/{later}")) { "Read the later version" } } }))
        }
        @if frozen.withheld > 0 {
            (inset(&html! { p { "This is not the whole document: " (frozen.withheld) @if frozen.withheld == 1 { " section is" } @else { " sections are" } " not for your role." } }))
        }
        @for section in &frozen.sections { (part(section, page, child)) }
        @if !frozen.scores.is_empty() { h2.govuk-heading-m { "Scores" } (scores(&frozen.scores)) }
        @if page.may_correct {
            form class="kf-screen-only" method="post" action=(format!("/children/{child}/documents/{}/correct", page.id)) {
                (csrf_field(visit.actor.csrf()))
                p.govuk-body { "A document cannot be changed. A correction starts with these answers and becomes the next version; this one stays." }
                (Button::secondary("Correct this document"))
            }
        }
    }
}

fn part(section: &FrozenSection, page: &DocumentPage, child: ChildId) -> Markup {
    let file = |id: &str| Some(format!("/children/{child}/forms/{}/file/{id}", page.form));
    let facts: Vec<Fact> =
        section.questions.iter().map(|q| Fact::new(q.label.clone(), answer(&q.shown, &file))).collect();
    html! {
        h2.govuk-heading-m { (section.title) }
        @for filled in &section.filled {
            p.govuk-hint { "Filled in by " (filled.name) " (" (filled.role) "), " (date::short(recorded_words(filled.at).date())) }
        }
        (summary_list(&facts))
    }
}

/// Scores in words.
pub(super) fn scores(scores: &[Scored]) -> Markup {
    let facts: Vec<Fact> = scores
        .iter()
        .map(|score| {
            Fact::new(score.title.clone(), html! {
                @match score.value {
                    Some(value) => { (value) @if let Some(band) = &score.band { ": " (band.title) } @if score.answered < score.of { " (" (score.answered) " of " (score.of) " answered)" } }
                    None => { span.kf-unknown { "Too little was answered (" (score.answered) " of " (score.of) ")" } }
                }
            })
        })
        .collect();
    summary_list(&facts)
}

async fn correct(Path((child, id)): Path<(ChildId, Uuid)>, Sent { visit, .. }: Sent) -> Reply {
    let form = visit.casework().correct_document(&visit.actor, child, id).await?;
    Ok(Redirect::to(&format!("/children/{child}/forms/{form}")).into_response())
}

/// A file is only ever given to be saved: nothing in it can run in a page of ours.
async fn file(visit: Visit, Path((child, form, file)): Path<(ChildId, Uuid, Uuid)>) -> Reply<Response> {
    let found = visit.casework().form_file(&visit.actor, child, form, file).await?;
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
    Ok((headers, found.bytes).into_response())
}
