//! What an inspection asks for: the lists that the record can make, those it cannot, and the pack in one step.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::authority::inspection::{InspectionPage, MadeList, RESTRICTED};
use kinfold_casework::board::ExportedCell;
use kinfold_guidance::inspection::Take;
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::nav::Pagination;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

/// Rows on one page.
const PER_PAGE: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::PrepareInspection);
    vec![get("/inspection", whom, show), get("/inspection/lists/{asked}", whom, list)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().inspection(&visit.actor).await?;
    Ok(frame(&visit, "Inspection").render(&html! {
        h1.govuk-heading-l { "Inspection" }
        p.kf-lead { "What an inspection asks for, made from the record as it stands today. You see the children whom you may find, and of each what you may read." }
        (take(&page))
        h2.govuk-heading-m { "Lists made from the record" }
        (lists(&page))
        @if !page.asked.elsewhere.is_empty() {
            h2.govuk-heading-m { "Lists that are not kept here" }
            (elsewhere(&page))
        }
        h2.govuk-heading-m { "Restricted records" }
        p.govuk-body { (RESTRICTED) }
        h2.govuk-heading-m { "What they rest on" }
        p.govuk-body { (page.asked.cite) "." }
        @if let Some(note) = &page.asked.note { p.govuk-body { (note) } }
    }))
}

fn take(page: &InspectionPage) -> Markup {
    html! {
        div class="kf-screen-only" {
            (inset(&html! {
                p.govuk-body {
                    a.govuk-link href="/inspection/pack.zip" { strong { "Take the pack (ZIP)" } }
                    ": the lists, and a paper with figures, the needs profile, self-assessments, action plans and the panel’s meetings, of " (date::long(page.made)) "."
                }
                p.govuk-body { a.govuk-link href="/inspection/lists.xlsx" { "Take the lists alone (XLSX)" } "." }
                p.govuk-body { "You will be asked for your password, and the log keeps what was taken. Both name children: send them only as the inspectorate says." }
            }))
        }
    }
}

fn lists(page: &InspectionPage) -> Table {
    let columns =
        [Column::new("List"), Column::new("Title"), Column::new("Whom it holds"), Column::figures("Rows")];
    let rows = page.lists.iter().map(|made| {
        Row::new()
            .cell(made.list.number.as_deref().unwrap_or("–"))
            .cell(html! { a.govuk-link href=(address(&made.list.id)) { (made.list.title) } })
            .cell(&made.list.words)
            .cell(made.rows.len())
    });
    Table::new("Lists made from the record", columns).caption_hidden().rows(rows)
}

fn elsewhere(page: &InspectionPage) -> Table {
    let columns = [Column::new("List"), Column::new("Title"), Column::new("Where it is")];
    let rows = page
        .asked
        .elsewhere
        .iter()
        .map(|of| Row::new().cell(of.number.as_deref().unwrap_or("–")).cell(&of.title).cell(&of.why));
    Table::new("Lists that are not kept here", columns).caption_hidden().rows(rows)
}

/// The address of a list.
fn address(id: &str) -> String {
    format!("/inspection/lists/{id}")
}

async fn list(visit: Visit, Path(asked): Path<String>) -> Reply<Markup> {
    let made = visit.casework().inspection_list(&visit.actor, &asked).await?;
    let at: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    let pages = u32::try_from(made.rows.len().div_ceil(PER_PAGE)).unwrap_or(1).max(1);
    let mut around = frame(&visit, "List for an inspection");
    around.wide = true;
    around.back = Some(("Inspection".to_owned(), "/inspection".to_owned()));
    let of = made.list.number.as_ref().map_or_else(|| "List".to_owned(), |number| format!("List {number}"));
    Ok(around.render(&html! {
        span.govuk-caption-l { (of) }
        h1.govuk-heading-l { (made.list.title) }
        p.kf-lead { (made.list.words) " Counted from " (date::long(made.since)) "." }
        @if made.rows.is_empty() {
            (empty("Nobody is on this list", "There is no child here whom you may find and whom it holds.", None))
        } @else {
            p.govuk-body { (made.rows.len()) @if made.rows.len() == 1 { " row" } @else { " rows" } ". “not shown” stands where you may not read what is recorded; an empty cell is nothing recorded. For paper, take the lists as an Excel file: they are wider than a page." }
            (table(&made, at))
            (Pagination { page: at, pages, what: "rows".to_owned() }.render(|n| format!("{}?page={n}", address(&made.list.id))))
        }
        (beside(&made))
        p.govuk-body { (RESTRICTED) }
    }))
}

/// How the columns stand to those that are asked for: which of them are our own, and which are not here.
fn beside(made: &MadeList) -> Markup {
    let ours: Vec<&str> =
        made.list.columns.iter().filter(|column| column.ours).map(|column| column.title.as_str()).collect();
    let columns = [Column::new("Column"), Column::new("Why it is not here")];
    let rows = made.list.lacks.iter().map(|of| Row::new().cell(&of.title).cell(&of.why));
    html! {
        @if !made.list.lacks.is_empty() {
            h2.govuk-heading-m { "Asked for and not here" }
            (Table::new("Columns that are asked for and not here", columns).caption_hidden().rows(rows))
        }
        @if !ours.is_empty() {
            h2.govuk-heading-m { "Not asked for" }
            p.govuk-body { "Columns of our own, to be left out of what is sent: " (ours.join("; ")) "." }
        }
    }
}

fn table(made: &MadeList, at: u32) -> Table {
    let from = usize::try_from(at.saturating_sub(1)).unwrap_or(0) * PER_PAGE;
    let columns = made.list.columns.iter().map(|column| Column::new(column.title.clone()));
    // Each row leads to the record it was made from, by the name or else by the number.
    let named = made.list.columns.iter().position(|column| column.take == Take::Name);
    let leads = named.or_else(|| made.list.columns.iter().position(|column| column.take == Take::Reference));
    let rows = made.rows.iter().zip(&made.children).skip(from).take(PER_PAGE).map(|(cells, child)| {
        cells.iter().enumerate().fold(Row::new(), |row, (at, cell)| {
            row.cell(html! {
                @if leads == Some(at) { a.govuk-link href=(format!("/children/{}", child.0)) { (words(cell)) } }
                @else if let ExportedCell::Day(day) = cell { span.kf-nowrap { (date::short(*day)) } }
                @else { (words(cell)) }
            })
        })
    });
    Table::new(made.list.title.clone(), columns).caption_hidden().dense().rows(rows)
}

/// A cell in words.
fn words(cell: &ExportedCell) -> String {
    match cell {
        ExportedCell::Text(text) => text.clone(),
        ExportedCell::Number(number) => number.to_string(),
        ExportedCell::Tenths(tenths) => format!("{}.{}", tenths / 10, tenths.unsigned_abs() % 10),
        ExportedCell::Day(day) => date::short(*day),
        ExportedCell::Empty => String::new(),
    }
}
