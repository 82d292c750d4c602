//! What the two databases say differently. Everything else is written once, in `repos/`.

pub(crate) mod postgres;
pub(crate) mod sqlite;
mod sqlite_folds;
