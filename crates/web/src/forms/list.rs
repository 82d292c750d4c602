//! The forms of a child: starting one, going on with one, reading what was submitted.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kinfold_casework::Action;
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::forms::FormsPage;
use kinfold_casework::record::form_key;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, csrf_field, hidden};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/forms", For::Child(Action::ViewChild), show),
        post("/children/{child}/forms", For::Child(Action::FillForm), start),
    ]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().forms_page(&visit.actor, child).await?;
    let mut around = frame(&visit, "Forms");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Forms" }
        (tabs(&page.handle, Here::Forms))
        @if page.open.is_empty() && page.documents.is_empty() && page.offered.is_empty() {
            (empty("There is nothing here for you yet", "Forms that you may fill in, and documents that you may read, are listed here.", None))
        }
        (open(&page, child))
        (offered(&visit, &page, child))
        (documents(&page, child))
    }))
}

fn open(page: &FormsPage, child: ChildId) -> Markup {
    html! {
        @if !page.open.is_empty() {
            h2.govuk-heading-m { "Being filled in" }
            (Table::new("Forms being filled in", ["Form", "Started", "Asked for by", "Outside"].map(Column::new)).caption_hidden().rows(page.open.iter().map(|line| {
                Row::new()
                    .cell(html! { a.govuk-link href=(format!("/children/{child}/forms/{}", line.id)) { (line.title) } })
                    .cell(html! { (date::short(recorded_words(line.opened_at).date())) })
                    .cell(html! { @match line.due_on { Some(due) => { (date::short(due)) " (" (date::relative(due, page.today)) ")" } None => "No day set" } })
                    .cell(html! { @match line.outside { Some(true) => "! With somebody outside, late", Some(false) => "With somebody outside", None => "–" } })
            })))
        }
    }
}

fn offered(visit: &Visit, page: &FormsPage, child: ChildId) -> Markup {
    html! {
        @if !page.offered.is_empty() {
            h2.govuk-heading-m { "Start a form" }
            @for form in &page.offered {
                h3.govuk-heading-s { (form.title) }
                p.govuk-body { (form.why) }
                form method="post" action=(format!("/children/{child}/forms")) {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("key", &form_key()))
                    (hidden("form", &form.id))
                    (Button::secondary(format!("Start: {}", form.title)))
                }
            }
        }
    }
}

fn documents(page: &FormsPage, child: ChildId) -> Markup {
    html! {
        @if !page.documents.is_empty() {
            h2.govuk-heading-m { "Documents" }
            (Table::new("Documents", ["Document", "Submitted", "Version"].map(Column::new)).caption_hidden().rows(page.documents.iter().map(|line| {
                let row = Row::new()
                    .cell(html! { a.govuk-link href=(format!("/children/{child}/documents/{}", line.id)) { (line.title) } })
                    .cell(html! { (date::short(recorded_words(line.submitted_at).date())) })
                    .cell(html! { (line.number) @if line.replaced { ", replaced by a later one" } });
                if line.replaced { row.replaced() } else { row }
            })))
        }
    }
}

async fn start(Path(child): Path<ChildId>, Sent { visit, form }: Sent) -> Reply {
    let id =
        visit.casework().start_form(&visit.actor, child, form.value("form"), None, form.value("key")).await?;
    Ok(Redirect::to(&format!("/children/{child}/forms/{id}")).into_response())
}
