//! People and teams: accounts, roles, teams and agencies, and who is in a circle. No page here shows a child.

mod circles;
mod circles_change;
mod people;
mod person;
mod person_form;
mod roles;
mod teams;

use kinfold_look::Markup;
use kinfold_look::nav::{Tab, sub_navigation};

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        people::routes(),
        person::routes(),
        person_form::routes(),
        roles::routes(),
        teams::routes(),
        circles::routes(),
        circles_change::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which part of the strand is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    People,
    Teams,
    Circles,
}

fn tabs(here: Here) -> Markup {
    sub_navigation(
        "People and teams",
        &[
            Tab::new("People", "/admin", here == Here::People),
            Tab::new("Teams and agencies", "/admin/teams", here == Here::Teams),
            Tab::new("Circles by reference", circles::START, here == Here::Circles),
        ],
    )
}
