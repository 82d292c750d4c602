//! One child: who they are, what is due, what happened, and recording it.

pub(crate) mod bar;
mod chronology;
mod correct;
mod done;
pub(crate) mod event_form;
pub(crate) mod foreseen;
mod overview;
pub(crate) mod record;
mod ribbon;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [overview::routes(), done::routes(), chronology::routes(), record::routes(), correct::routes()]
        .into_iter()
        .flatten()
        .collect()
}
