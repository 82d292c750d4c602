//! The pathway board: how the duties of many children stand, every figure with the list behind it.

mod ask;
mod children;
pub(crate) mod export;
mod filter;
mod list;
mod stuck;
mod team_work;
mod teams;

use kinfold_casework::board::{BoardState, Offers};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::{Markup, State};

use crate::Route;
use crate::visit::Visit;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        teams::routes(),
        children::routes(),
        list::routes(),
        stuck::routes(),
        team_work::routes(),
        export::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which tab a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Authority,
    MyTeams,
    Children,
    Stuck,
    List,
    TeamWork,
}

/// The tabs of the board. Somebody who sees only their own teams has no tab for the authority.
fn tabs(offers: &Offers, here: Here) -> Markup {
    let mut tabs = Vec::new();
    if offers.authority {
        tabs.push(Tab::new("Whole authority", "/board", here == Here::Authority));
    }
    if offers.has_teams || !offers.authority {
        tabs.push(Tab::new("My teams", "/board?extent=mine", here == Here::MyTeams));
    }
    tabs.push(Tab::new("Children", "/board/children", here == Here::Children));
    tabs.push(Tab::new("Stuck hand-offs", "/board/stuck", here == Here::Stuck));
    if offers.has_teams {
        tabs.push(Tab::new("My teams’ work", "/board/team-work", here == Here::TeamWork));
    }
    sub_navigation("Parts of the board", &tabs)
}

/// The kit's state of a duty on the board.
fn look_state(state: BoardState) -> State {
    match state {
        BoardState::Late => State::Late,
        BoardState::Stuck => State::Stuck,
        BoardState::DueSoon => State::DueSoon,
        BoardState::OnTime => State::OnTime,
        BoardState::Done | BoardState::DoneLate => State::Met,
        BoardState::Excused => State::Excused,
        BoardState::Ended => State::Ended,
    }
}

/// Which page of a list the address asks for, and where it starts.
fn page_of(visit: &Visit, per_page: i64) -> (u32, kinfold_casework::rows::Page) {
    let page: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    (page, kinfold_casework::rows::Page { limit: per_page, offset: i64::from(page - 1) * per_page })
}

/// How many pages a list has.
fn pages(total: i64, per_page: i64) -> u32 {
    u32::try_from((total + per_page - 1) / per_page).unwrap_or(1).max(1)
}
