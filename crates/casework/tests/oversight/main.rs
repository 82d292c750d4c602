//! Overseeing the work of many: the board, the ladder, notices, feeds and the search, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]
#![expect(clippy::panic, reason = "a story that cannot go on has failed")]

mod board;
mod feeds;
mod ladder;
mod search;
mod world;
