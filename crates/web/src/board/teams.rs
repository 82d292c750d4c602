//! The board with teams down.

use kinfold_casework::Action;
use kinfold_casework::board::{BoardPage, BoardState, Counts, Extent};
use kinfold_look::board::{Board, Column, Part, Row};
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::{Markup, date, html};

use super::ask::{address, read};
use super::export::downloads;
use super::{Here, filter, look_state, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/board", For::Authority(Action::ViewTeamBoard), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let ask = read(&visit.query);
    let page = visit.casework().board(&visit.actor, &ask).await?;
    let mine = ask.extent == Extent::MyTeams || !page.offers.authority;
    let here = if mine { Here::MyTeams } else { Here::Authority };
    let mut around = frame(&visit, "Pathway board");
    around.wide = true;
    let body = html! {
        @if page.rows.is_empty() {
            (nothing(&visit))
        } @else {
            (board(&visit, &page))
            @if page.offers.export { (downloads("/board", &visit.query)) }
        }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Pathway board" }
        p.kf-lead { "How every duty stands on " (date::long(page.today)) ". A figure opens the list behind it." }
        @if let Some(layer) = &page.offers.columns_of {
            p.govuk-hint { "The columns are this council’s own (local guidance “" (layer) "”)." }
        }
        (tabs(&page.offers, here))
        (stats(&figures(&visit, &page.totals)))
        (filter::beside(&visit, &page.offers, "/board", false, &body))
    }))
}

/// What an empty board says: nothing is there yet, or the filters leave nothing.
pub(super) fn nothing(visit: &Visit) -> Markup {
    if visit.query.pairs().any(|(name, value)| name != "extent" && name != "page" && !value.is_empty()) {
        empty(
            "Nothing fits these filters",
            "Take out one or more of the filters to see more.",
            Some(("Clear filters", &visit.path)),
        )
    } else {
        empty(
            "Nothing to show yet",
            "Duties appear here when something is recorded for a child you may see: coming into care, a new home, a visit.",
            None,
        )
    }
}

fn figures(visit: &Visit, totals: &Counts) -> Vec<Stat> {
    let shown = [BoardState::Late, BoardState::Stuck, BoardState::DueSoon, BoardState::OnTime];
    shown
        .into_iter()
        .map(|state| {
            let count = totals.get(&state).copied().unwrap_or(0);
            Stat {
                figure: count.to_string(),
                label: state.title().to_lowercase(),
                note: None,
                href: (count > 0).then(|| address("/board/list", &visit.query, &[("state", state.as_str())])),
                state: (count > 0).then(|| look_state(state)),
            }
        })
        .collect()
}

fn board(visit: &Visit, page: &BoardPage) -> Board {
    let link = |changed: &[(&str, &str)]| address("/board/list", &visit.query, changed);
    let rows = page.rows.iter().map(|line| {
        let team = line.team.map_or_else(|| "none".to_owned(), |id| id.to_string());
        let cells = page.columns.iter().zip(&line.cells).map(|(group, counts)| {
            counts
                .iter()
                .map(|(state, count)| {
                    let href = link(&[("team", &team), ("group", &group.id), ("state", state.as_str())]);
                    let mut part =
                        Part::count(look_state(*state), u32::try_from(*count).unwrap_or(u32::MAX), href);
                    part.words = (*state == BoardState::DoneLate).then(|| "late".to_owned());
                    part
                })
                .collect()
        });
        Row {
            label: line.name.clone(),
            href: Some(address("/board/children", &visit.query, &[("team", &team)])),
            note: None,
            cells: cells.collect(),
        }
    });
    Board {
        caption: "Duties by team".to_owned(),
        corner: "Team".to_owned(),
        rows: rows.collect(),
        columns: page
            .columns
            .iter()
            .map(|group| Column { label: group.title.clone(), href: Some(link(&[("group", &group.id)])) })
            .collect(),
        totals: true,
    }
}
