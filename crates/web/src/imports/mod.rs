//! Imports of the statutory return: upload, look at what would happen, bring in, undo.

mod job;
mod start;
mod unpack;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [start::routes(), job::routes()].into_iter().flatten().collect()
}
