//! What is due, across children.

mod mine;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    mine::routes()
}
