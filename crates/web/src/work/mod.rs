//! What is due, across children.

mod mine;
mod places;

pub(crate) use mine::{child_link, way_to};

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    mine::routes()
}
