//! The children behind a figure, for those who may have them listed.

use kinfold_casework::Action;
use kinfold_casework::measures::{Audience, CountedChild, MeasurePage, Part, Seen};
use kinfold_casework::rows::Page;
use kinfold_guidance::measure::Counts;
use kinfold_look::nav::{Pagination, Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::address;
use super::export::downloads;
use crate::visit::Visit;
use crate::work::child_link;

/// Children on one page.
const PER_PAGE: i64 = 50;

/// Which page of the list the address asks for.
pub(super) fn page_of(visit: &Visit) -> (u32, Page) {
    let at: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    (at, Page { limit: PER_PAGE, offset: i64::from(at - 1) * PER_PAGE })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Numerator => "numerator",
        Part::Rest => "rest",
        Part::Denominator => "all",
    }
}

/// The list, or why there is none. Nothing at all for those who see only what may be published.
pub(super) fn section(visit: &Visit, page: &MeasurePage, at: u32) -> Markup {
    if page.audience == Audience::Public || page.line.seen == Seen::NotRecorded {
        return html! {};
    }
    html! {
        h2.govuk-heading-m #children { "Children behind the figure" }
        @match &page.children {
            None => p.govuk-body { "The children are listed only for those who may read what this measure counts." },
            Some(list) => {
                (tabs(page, list.part))
                @if list.page.rows.is_empty() {
                    p.govuk-body { "There is no child here whom you may open." }
                } @else {
                    p.govuk-body { (list.page.total) @if list.page.total == 1 { " child" } @else { " children" } }
                    (table(page, &list.page.rows))
                    (Pagination { page: at, pages: pages(list.page.total), what: "children".to_owned() }
                        .render(|n| format!("{}&part={}&page={n}#children", address(&page.line.measure.id, page.year), part_name(list.part))))
                    @if visit.actor.may().has(Action::ExportBoard) {
                        (downloads(&format!("/measures/{}/children", page.line.measure.id), page.year, "all the children counted over"))
                    }
                }
            }
        }
    }
}

fn tabs(page: &MeasurePage, here: Part) -> Markup {
    let base = address(&page.line.measure.id, page.year);
    let tab = |words: &str, part: Part| {
        Tab::new(words, format!("{base}&part={}#children", part_name(part)), here == part)
    };
    let tabs = [
        tab("Numerator", Part::Numerator),
        tab("Denominator without the numerator", Part::Rest),
        tab("Denominator", Part::Denominator),
    ];
    sub_navigation("Which children", &tabs)
}

fn table(page: &MeasurePage, rows: &[CountedChild]) -> Table {
    let amounts = matches!(page.line.measure.numerator.counts, Counts::Amount(_));
    let mut columns = vec![Column::new("Child"), Column::new("Born"), Column::new("Numerator")];
    if amounts {
        columns.push(Column::figures("Amount"));
    }
    Table::new("Children behind the figure", columns).caption_hidden().dense().rows(rows.iter().map(|row| {
        let child = &row.child;
        let line = Row::new()
            .cell(child_link(child.id, &child.name, &child.reference, child.restricted))
            .cell(date::short_or_unknown(child.born))
            .cell(if row.amount.is_some() { "Yes" } else { "No" });
        match amounts {
            true => line.cell(row.amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string())),
            false => line,
        }
    }))
}

fn pages(total: i64) -> u32 {
    u32::try_from((total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1)
}
