//! The directory of services: public pages for practitioners and, in plainer words, for young people and care leavers; the
//! map; whom to tell; and for those who work here the keeping of it.

mod change;
mod desk;
mod entry;
mod feed;
mod imports;
mod map;
mod out;
mod search;
mod show;
mod tell;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        search::routes(),
        show::routes(),
        tell::routes(),
        feed::routes(),
        desk::routes(),
        change::routes(),
        imports::routes(),
        out::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
