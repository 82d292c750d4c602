//! What the authority publishes: drafts for those who work here, and pages for everybody.

mod check;
mod draft;
mod list;
mod parts;
mod pledge;
mod promise;
mod public;
mod release;

use uuid::Uuid;

use crate::Route;

/// The addresses of this part.
pub(super) fn routes() -> Vec<Route> {
    [
        list::routes(),
        draft::routes(),
        parts::routes(),
        promise::routes(),
        release::routes(),
        check::routes(),
        public::routes(),
        pledge::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The address of a draft.
fn address(publication: Uuid) -> String {
    format!("/publications/{publication}")
}
