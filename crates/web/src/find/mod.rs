//! Finding a child. What is typed is posted, so that no name stands in an address, a history or a log.

use axum::response::{IntoResponse, Redirect};
use kinfold_casework::rows::ChildLine;
use kinfold_casework::search::{FoundPage, MOST};
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FormState, TextInput, csrf_field, error_summary};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::PersonId;

use crate::Route;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, get, post};
use crate::sent::Sent;
use crate::visit::Visit;
use crate::work::child_link;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/find", For::SignedIn, show), post("/find", For::SignedIn, send)]
}

async fn show(visit: Visit) -> Markup {
    page(&visit, &FormState::new(), None)
}

async fn send(Sent { visit, mut form }: Sent) -> Reply {
    if form.value("q").trim().is_empty() {
        form.error("q", "Enter a name, a date of birth or a number");
        return Ok(page(&visit, &form, None).into_response());
    }
    let found = visit.casework().find(&visit.actor, form.value("q")).await?;
    match found.exact {
        Some(child) => Ok(Redirect::to(&format!("/children/{child}")).into_response()),
        None => Ok(page(&visit, &form, Some(&found)).into_response()),
    }
}

fn page(visit: &Visit, form: &FormState, found: Option<&FoundPage>) -> Markup {
    let mut around = frame(visit, "Find a child");
    around.has_errors = form.has_errors();
    // One search box on the page is enough.
    around.quick_search = None;
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Find a child" }
        form method="post" action="/find" role="search" novalidate {
            (csrf_field(visit.actor.csrf()))
            (TextInput::new("q", "Name, date of birth or number")
                .hint("Also another name the child uses, an NHS number, a UPN or the reference. Spelling need not be exact")
                .render(form))
            (Button::main("Find"))
        }
        @if visit.casework().may_break_glass(&visit.actor) {
            p.govuk-body {
                "If a child may come to harm and their record is not open to you: "
                a.govuk-link href="/break-glass" { "Open a record in an emergency" }
            }
        }
        @if let Some(found) = found { (results(found)) }
    })
}

fn results(found: &FoundPage) -> Markup {
    let count = found.children.len();
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    html! {
        h2.govuk-heading-m #results {
            @match count {
                0 => "Nobody found",
                1 => "One child found",
                n if n == most => { "The first " (n) " children" },
                n => { (n) " children found" },
            }
        }
        @if count == 0 {
            (empty(
                "No child you can see fits",
                "Try fewer words, only the family name, or the date of birth. A child whose record you have no part in does not appear.",
                None,
            ))
        } @else {
            @if found.only_alike {
                (inset(&html! { p { "Nothing is spelt or sounds like this. These names look a little like it." } }))
            }
            (Table::new("Children found, best first", ["Name", "Age", "Born", "Key worker", "Team"].map(Column::new))
                .caption_hidden()
                .dense()
                .rows(found.children.iter().map(|child| row(child, found))))
            @if count == most { p.govuk-hint { "There may be more. Add another name or the date of birth." } }
        }
    }
}

fn row(child: &ChildLine, found: &FoundPage) -> Row {
    let worker = child.key_worker.and_then(|id| found.workers.get(&PersonId(id)));
    let team = child.team.and_then(|id| found.teams.get(&id));
    Row::new()
        .cell(child_link(child.id, &child.name, &child.reference, child.restricted))
        .cell(html! { @match child.born { Some(born) => (date::age_words(born, found.today)), None => (date::unknown()) } })
        .cell(date::short_or_unknown(child.born))
        .cell(html! { @match worker { Some(name) => (name), None => (date::unknown()) } })
        .cell(html! { @match team { Some(name) => (name), None => (date::unknown()) } })
}
