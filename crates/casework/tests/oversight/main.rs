//! Overseeing the work of many: the board, the ladder, notices, feeds and the search, on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod audits;
mod board;
mod directory;
mod feeds;
mod inspection;
mod ladder;
mod measures;
mod needs;
mod panel;
mod plans;
mod publications;
mod search;
mod surveys;
mod world;
mod young_auditors;
