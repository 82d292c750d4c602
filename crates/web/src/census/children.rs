//! Child by child what will be returned, with what the rules find beside it and where to put it right.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::census_return::{Fix, ReturnChild, ReturnChildren, ReturnFinding, ReturnTable};
use kinfold_casework::rows::Page;
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::nav::Pagination;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::{collection_words, counted};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

/// Children on one page.
const PER_PAGE: i64 = 20;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/return/{year}/children", For::Authority(Action::ExportReturn), show)]
}

async fn show(visit: Visit, Path(year): Path<i16>) -> Reply<Markup> {
    let at: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    let page = Page { limit: PER_PAGE, offset: i64::from(at - 1) * PER_PAGE };
    let rule = Some(visit.query.value("rule")).filter(|code| !code.is_empty());
    let found = visit.casework().return_children(&visit.actor, year, rule, page).await?;
    let title = format!("Children in the return {}", collection_words(year));
    let mut around = frame(&visit, &title);
    around.wide = true;
    around.back = Some(("Back to the return".to_owned(), format!("/return/{year}")));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (title) }
        @if let Some((code, rule)) = found.rule {
            p.kf-lead {
                "Those with findings of rule " a.govuk-link href=(format!("/return/rules/{code}")) { (code) } ": " (rule)
            }
            p.govuk-body { a.govuk-link href=(format!("/return/{year}/children")) { "Show all children" } }
        }
        @if found.page.total == 0 {
            (empty("Nobody here", "No child stands here: either nothing is found any more, or nobody is returned for this year.", None))
        } @else {
            p.govuk-body { (counted(usize::try_from(found.page.total).unwrap_or(0), "child", "children")) }
            @for child in &found.page.rows { (one(child, found.rule.is_some())) }
            (Pagination { page: at, pages: pages(found.page.total), what: "children".to_owned() }.render(|n| address(&found, n)))
        }
    }))
}

fn address(found: &ReturnChildren, page: u32) -> String {
    let rule = found.rule.map_or_else(String::new, |(code, _)| format!("rule={code}&"));
    format!("/return/{}/children?{rule}page={page}", found.year)
}

fn pages(total: i64) -> u32 {
    u32::try_from((total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1)
}

fn one(child: &ReturnChild, by_rule: bool) -> Markup {
    let number = if child.local_id.is_empty() { "no number" } else { child.local_id.as_str() };
    let amount =
        format!("{}, {}", counted(child.rows, "row", "rows"), counted(child.found, "finding", "findings"));
    html! {
        h2.govuk-heading-m { "Child " (number) }
        @match &child.child {
            None => p.govuk-body { "This record is restricted. It is returned (" (amount) "), and what it says is not shown here." },
            Some(line) => {
                p.govuk-body { (child_link(line.id, &line.name, &line.reference, line.restricted)) ": " (amount) }
                @for finding in &child.findings { (finding_part(line.id, finding, by_rule)) }
                (details(&format!("Rows of child {number}"), &html! { @for table in &child.tables { (rows(number, table)) } }, false))
            }
        }
    }
}

fn finding_part(child: Uuid, finding: &ReturnFinding, by_rule: bool) -> Markup {
    html! {
        div.govuk-inset-text {
            p {
                (tag(finding.code, Colour::Yellow)) " "
                @if !by_rule { a.govuk-link href=(format!("/return/rules/{}", finding.code)) { (finding.title) } " " }
                span.govuk-hint { (finding.table) @if finding.last_year { ", in last year’s return" } }
            }
            @if !finding.cells.is_empty() {
                p {
                    @for (at, (column, text)) in finding.cells.iter().enumerate() {
                        @if at > 0 { "; " }
                        (column) ": " (cell(text.as_deref()))
                    }
                }
            }
            @if !finding.fixes.is_empty() {
                ul class="govuk-list govuk-list--bullet" {
                    @for fix in &finding.fixes { li { (fix_link(child, fix)) } }
                }
            }
        }
    }
}

/// The link that puts it right. Whoever may not record it themselves is shown where it stands, and whom to ask.
fn fix_link(child: Uuid, fix: &Fix) -> Markup {
    if !fix.may {
        return html! {
            "Put it right: " (fix.words) " Your role reads this and does not record it: ask the child’s "
            a.govuk-link href=(format!("/children/{child}/circle")) { "key worker" }
            ". "
            a.govuk-link href=(seen_at(child, fix)) { "See it in the chronology" }
            "."
        };
    }
    let (words, href) = match fix.entry {
        Some(entry) => ("correct what is recorded", format!("/children/{child}/entries/{entry}")),
        None => ("record it", format!("/children/{child}/record/{}", fix.kind.as_str())),
    };
    html! { "Put it right: " (fix.words) " " a.govuk-link href=(href) { (words) span.govuk-visually-hidden { " (" (fix.kind.title()) ")" } } }
}

fn seen_at(child: Uuid, fix: &Fix) -> String {
    let mark = fix.entry.map_or_else(String::new, |entry| format!("#{entry}"));
    format!("/children/{child}/chronology?strand={}{mark}", fix.kind.strand().as_str())
}

fn rows(number: &str, table: &ReturnTable) -> Markup {
    let columns = table.columns.iter().map(|column| Column::new(*column));
    let drawn = Table::new(format!("{} of child {number}", table.title), columns)
        .dense()
        .no_row_names()
        .rows(table.rows.iter().map(|cells| {
            cells.iter().fold(Row::new(), |row, text| {
                row.cell(if text.as_deref() == Some("") { "–" } else { cell(text.as_deref()) })
            })
        }));
    html! { (drawn) }
}

/// A cell in words: an empty one says so, and one that is not for this person says that it is returned all the same.
fn cell(text: Option<&str>) -> &str {
    match text {
        None => "returned, not shown",
        Some("") => "empty",
        Some(text) => text,
    }
}
