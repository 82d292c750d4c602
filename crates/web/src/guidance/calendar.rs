//! Working days and code lists.

use axum::extract::Path;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::warning;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{Here, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewGuidance);
    vec![
        get("/guidance/calendar", whom, show),
        get("/guidance/codes", whom, lists),
        get("/guidance/codes/{list}", whom, one_list),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let book = visit.casework().guidance(&visit.actor)?;
    let today = visit.casework().today();
    let calendar = &book.calendar;
    let mut years: Vec<i16> =
        calendar.holidays.iter().map(|(day, _)| day.year()).filter(|y| *y >= today.year() - 1).collect();
    years.dedup();
    Ok(frame(&visit, "Calendar").render(&html! {
        h1.govuk-heading-l { "Calendar" }
        (tabs(&visit, Here::Calendar))
        @match calendar.horizon_warning(today) {
            Some(words) => (warning(&words)),
            None => { p.govuk-body { "Bank holidays are known until " (date::long(calendar.horizon)) "." } }
        }
        p.govuk-body { "Working days leave out weekends and the bank holidays of England and Wales." }
        @for year in years {
            h2.govuk-heading-m { (year) }
            (Table::new(format!("Bank holidays in {year}"), ["Day", "Holiday"].map(Column::new)).caption_hidden().fits().rows(
                calendar.holidays.iter().filter(|(day, _)| day.year() == year).map(|(day, name)| Row::new().cell(html! { (date::long(*day)) }).cell(html! { (name) }))
            ))
        }
        @if !book.guidance.terms.is_empty() {
            h2.govuk-heading-m { "School terms" }
            (Table::new("School terms", ["Term", "From", "To"].map(Column::new)).caption_hidden().rows(
                book.guidance.terms.iter().filter(|t| t.to.year() >= today.year() - 1).map(|t| Row::new().cell(html! { (t.name) }).cell(html! { (date::short(t.from)) }).cell(html! { (date::short(t.to)) }))
            ))
        }
    }))
}

/// "placement_end_reason" as a person reads it.
fn spoken(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

async fn lists(visit: Visit) -> Reply<Markup> {
    let book = visit.casework().guidance(&visit.actor)?;
    Ok(frame(&visit, "Code lists").render(&html! {
        h1.govuk-heading-l { "Code lists" }
        (tabs(&visit, Here::Codes))
        p.govuk-body { "The answers that forms offer. A local layer can add codes and give a known one other words; a code that has been used stays." }
        (Table::new("Code lists", vec![Column::new("List"), Column::figures("Codes")]).caption_hidden().dense().fits().rows(
            book.guidance.codes.lists().map(|(name, list)| Row::new()
                .cell(html! { a.govuk-link href=(format!("/guidance/codes/{name}")) { (spoken(name)) } })
                .cell(html! { (list.codes.len()) }))
        ))
    }))
}

async fn one_list(visit: Visit, Path(name): Path<String>) -> Reply<Markup> {
    let book = visit.casework().guidance(&visit.actor)?;
    let list = book.guidance.codes.list(&name).ok_or(Error::Absent)?;
    let mut around = frame(&visit, "Code list");
    around.back = Some(("Back to the code lists".to_owned(), "/guidance/codes".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (spoken(&name)) }
        (Table::new(spoken(&name), ["Code", "What it means", "From", "Until", "Layer"].map(Column::new)).caption_hidden().dense().rows(
            list.codes.iter().map(|code| Row::new()
                .cell(html! { code { (code.code) } })
                .cell(html! { (code.title) })
                .cell(html! { @if let Some(from) = code.from { (date::short(from)) } })
                .cell(html! { @if let Some(to) = code.to { (date::short(to)) } })
                .cell(html! { (code.layer.to_string()) }))
        ))
    }))
}
