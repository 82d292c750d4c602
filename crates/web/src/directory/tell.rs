//! Whom to tell, by area and post: across all agencies.

use axum::extract::{OriginalUri, State};
use kinfold_look::card::empty;
use kinfold_look::form::{Button, TextInput};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::entry::how;
use crate::App;
use crate::help::Guest;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::query;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/services/who-to-tell", For::Anybody, show)]
}

async fn show(guest: Guest, State(app): State<App>, OriginalUri(uri): OriginalUri) -> Reply<Markup> {
    let form = query(uri.query().unwrap_or(""));
    let lines = app.casework.whom_to_tell(form.value("area"), form.value("role")).await?;
    let columns = [
        Column::new("Area"),
        Column::new("Of what"),
        Column::new("Whom to tell"),
        Column::new("How"),
        Column::new("At"),
        Column::new("Checked"),
    ];
    let rows = lines.iter().map(|(listed, n)| {
        Row::new()
            .cell(if n.area.is_empty() { "Everywhere" } else { n.area.as_str() })
            .cell(&n.about)
            .cell(&n.role)
            .cell(how(n))
            .cell(html! { a.govuk-link href=(format!("/services/{}", listed.id)) { (listed.listing.service.name) } })
            .cell(html! { (date::short_element(listed.checked_on)) })
    });
    let mut around = guest.frame("Whom to tell");
    around.wide = true;
    around.back = Some(("Services and agencies".to_owned(), "/services".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Whom to tell" }
        p.kf-lead { "When a child comes into care, moves, or needs something from another agency: which post to tell, where. Posts and not people, so that it stays right when people change." }
        form.kf-read method="get" action="/services/who-to-tell" {
            (TextInput::new("area", "Area").render(&form))
            (TextInput::new("role", "Of what, or which post").render(&form))
            (Button::main("Search").repeatable())
        }
        @if lines.is_empty() {
            (empty("Nobody was found", "Leave a field empty, or ask whoever keeps the directory to add it.", Some(("See all", "/services/who-to-tell"))))
        } @else {
            (Table::new("Whom to tell", columns).caption_hidden().rows(rows))
        }
    }))
}
