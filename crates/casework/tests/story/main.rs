//! The story of a record, told through casework on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod carers;
mod carers_more;
mod forms;
mod forms_outside;
mod links_end;
mod private_home;
mod recording;
mod reviews;
mod reviews_kept;
mod sending;
mod shelf;
mod signing_in;
mod world;
