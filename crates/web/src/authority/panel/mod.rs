//! The corporate parenting panel: meetings, papers, minutes, members' visits, and words handed on to it.

mod agenda;
mod guests;
mod list;
mod meeting;
mod minutes;
mod pack;
mod papers;
mod visits;
mod words;

use uuid::Uuid;

use crate::Route;

/// The addresses of this part.
pub(super) fn routes() -> Vec<Route> {
    [
        list::routes(),
        visits::routes(),
        words::routes(),
        meeting::routes(),
        guests::routes(),
        agenda::routes(),
        papers::routes(),
        pack::routes(),
        minutes::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The address of a meeting.
fn address(meeting: Uuid) -> String {
    format!("/panel/{meeting}")
}
