//! The collections: which can be made, and what was signed off of each.

use kinfold_casework::Action;
use kinfold_casework::census_return::ReturnYear;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};

use super::{collection_words, moment};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/return", For::Authority(Action::ExportReturn), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let years = visit.casework().return_years(&visit.actor).await?;
    let columns = [Column::new("Collection"), Column::new("Ends"), Column::new("Signed off")];
    Ok(frame(&visit, "Statutory return").render(&html! {
        h1.govuk-heading-l { "Statutory return" }
        p.kf-lead { "The return on children looked after (SSDA903), made from the record. Choose the collection to see what will be returned and what its rules find." }
        (Table::new("Collections, newest first", columns).caption_hidden().rows(years.iter().map(row)))
    }))
}

fn row(year: &ReturnYear) -> Row {
    Row::new()
        .cell(html! {
            a.govuk-link href=(format!("/return/{}", year.year)) { (collection_words(year.year)) }
        })
        .cell(html! { "31 March " (year.year) @if year.running { " (still running)" } })
        .cell(html! {
            @match year.signed.last() {
                Some(signed) => { (moment(signed.at)) ", " (signed.by) },
                None => "Not yet",
            }
        })
}
