//! The board with children down.

use kinfold_casework::Action;
use kinfold_casework::board::{BoardState, ChildrenPage};
use kinfold_casework::rows::DutyRow;
use kinfold_look::board::{Board, Column, Part, Row};
use kinfold_look::nav::Pagination;
use kinfold_look::{Markup, date, html};

use super::ask::{address, read};
use super::teams::nothing;
use super::{Here, filter, look_state, page_of, pages, tabs};
use crate::duty;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

/// Children on one page: as many as a person compares.
const PER_PAGE: i64 = 25;
/// Duties shown in one cell; more are counted.
const IN_CELL: usize = 3;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/board/children", For::Authority(Action::ViewTeamBoard), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let ask = read(&visit.query);
    let (at, page) = page_of(&visit, PER_PAGE);
    let found = visit.casework().board_children(&visit.actor, &ask, page).await?;
    let mut around = frame(&visit, "Pathway board: children");
    around.wide = true;
    let body = html! {
        @if found.children.rows.is_empty() {
            (nothing(&visit))
        } @else {
            p.govuk-body { (found.children.total) @if found.children.total == 1 { " child" } @else { " children" } }
            (board(&found))
            (Pagination { page: at, pages: pages(found.children.total, PER_PAGE), what: "children".to_owned() }
                .render(|n| address("/board/children", &visit.query, &[("page", &n.to_string())])))
        }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Pathway board: children" }
        p.kf-lead { "What is due for each child on " (date::long(found.today)) "." }
        (tabs(&found.offers, Here::Children))
        (filter::beside(&visit, &found.offers, "/board/children", false, &body))
    }))
}

fn board(found: &ChildrenPage) -> Board {
    let rows = found.children.rows.iter().map(|row| {
        let child = &row.child;
        let age = child.born.map(|born| date::age_words(born, found.today));
        let marks = [Some(child.reference.clone()), age, child.restricted.then(|| "restricted".to_owned())];
        Row {
            label: child.name.clone(),
            href: Some(format!("/children/{}", child.id)),
            note: Some(marks.into_iter().flatten().collect::<Vec<_>>().join(", ")),
            cells: row.cells.iter().map(|cell| parts(cell)).collect(),
        }
    });
    Board {
        caption: "Duties by child".to_owned(),
        corner: "Child".to_owned(),
        columns: found.columns.iter().map(|g| Column::new(g.title.clone())).collect(),
        rows: rows.collect(),
        totals: false,
    }
}

fn parts(cell: &[(BoardState, DutyRow)]) -> Vec<Part> {
    let mut parts: Vec<Part> = cell
        .iter()
        .take(IN_CELL)
        .map(|(state, row)| {
            let day = row.closed_on.unwrap_or(row.due_on);
            Part::one(
                look_state(*state),
                short_day(day),
                duty::address(row.child, &row.rule, &row.occurrence),
            )
        })
        .collect();
    if let (Some(last), more @ 1..) = (parts.last_mut(), cell.len().saturating_sub(IN_CELL)) {
        let words = last.words.take().unwrap_or_default();
        last.words = Some(format!("{words}, and {more} more"));
    }
    parts
}

/// "3 Dec 2026": the day of the week is left out where room is short.
fn short_day(day: jiff::civil::Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}
