//! The report of a year: it drafts itself from the record, and every figure opens to the children behind it.

use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::reviews::{ReviewYear, YearLine};
use kinfold_look::card::empty;
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::year_words::draft;
use crate::board::export::{Format, file};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewTeamBoard);
    vec![get("/reviews/year", whom, show), get("/reviews/year.csv", whom, csv)]
}

fn asked(visit: &Visit) -> Option<i16> {
    visit.query.value("year").parse().ok()
}

/// A year as people write it: "2025 to 2026".
fn year_words(year: i16) -> String {
    format!("{} to {year}", year.saturating_sub(1))
}

pub(super) fn share(line: &YearLine) -> Option<String> {
    let of = line.of.filter(|of| *of > 0)?;
    Some(format!("{}%", (line.count * 100 + of / 2) / of))
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().review_year(&visit.actor, asked(&visit), visit.query.value("list")).await?;
    Ok(frame(&visit, "Report of reviews").render(&draw(&page)))
}

fn draw(page: &ReviewYear) -> Markup {
    let years = (page.runs.saturating_sub(4)..=page.runs).rev();
    let tabs: Vec<Tab> =
        years.map(|y| Tab::new(year_words(y), format!("/reviews/year?year={y}"), y == page.year)).collect();
    let row = |line: &YearLine| {
        Row::new()
            .cell(html! { (line.title) })
            .cell(html! {
                @if line.count > 0 {
                    a.govuk-link href=(format!("/reviews/year?year={}&list={}#list", page.year, line.id)) { (line.count) span.govuk-visually-hidden { ": show the children" } }
                } @else { "0" }
            })
            .cell(html! { @if let (Some(of), Some(share)) = (line.of, share(line)) { (share) " of " (of) } })
    };
    html! {
        h1.govuk-heading-l { "Report of reviews, " (year_words(page.year)) }
        p.kf-lead { "From " (date::long(page.from)) " to " (date::long(page.to)) ", over the " (page.children) " children you can find." }
        (sub_navigation("Years", &tabs))
        @if page.groups.iter().all(|(_, lines)| lines.iter().all(|l| l.count == 0)) {
            (empty("Nothing in this year", "Figures appear as reviews are called and held.", None))
        }
        @let draft = draft(page);
        @if !draft.is_empty() {
            h2.govuk-heading-m { "In words" }
            p class="govuk-hint kf-screen-only" { "A draft from the figures below. Copy it into your report, and add what only you know." }
            @for words in &draft { p.govuk-body { (words) } }
        }
        @for (title, lines) in &page.groups {
            @if !lines.is_empty() {
                h2.govuk-heading-m { (title) }
                (Table::new(*title, [Column::new("What"), Column::figures("How many"), Column::figures("Share")]).caption_hidden().dense().rows(lines.iter().map(row)))
            }
        }
        @if let Some(list) = &page.list {
            h2.govuk-heading-m id="list" { (list.title) ": the children" }
            (Table::new(list.title.clone(), [Column::new("Child"), Column::figures("How often")]).caption_hidden().dense().rows(list.children.iter().map(|(child, n)| {
                Row::new().cell(child_link(child.id, &child.name, &child.reference, child.restricted)).cell(html! { (n) })
            })))
        }
        p class="govuk-body kf-screen-only" {
            a.govuk-link href=(format!("/reviews/year.csv?year={}", page.year)) { "Take the figures away (CSV file)" }
            ". You will be asked for your password, and the log keeps what was taken. To print the report, print this page."
        }
    }
}

async fn csv(visit: Visit) -> Reply<Response> {
    let table = visit.casework().export_review_year(&visit.actor, asked(&visit)).await?;
    file(table, "reviews", Format::Csv)
}
