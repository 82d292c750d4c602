//! The circle round a child: who is who, the key worker, the team, named readers; and adding a child.

mod add;
mod allocate;
pub(crate) mod choose;
mod end;
mod new_child;
mod page;
mod restrict;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        page::routes(),
        add::routes(),
        end::routes(),
        allocate::routes(),
        restrict::routes(),
        new_child::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
