//! Accounts, circles, restriction, imports and local guidance, on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod accounts;
mod circle;
mod circle_by_reference;
mod guidance;
mod imports;
#[path = "../story/world.rs"]
#[allow(dead_code, reason = "shared with another story, which uses the rest")]
mod world;
