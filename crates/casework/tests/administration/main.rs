//! Accounts, circles, restriction, imports and local guidance, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]
#![expect(clippy::panic, reason = "a story that cannot go on has failed")]

mod accounts;
mod circle;
mod guidance;
mod imports;
#[path = "../story/world.rs"]
#[allow(dead_code, reason = "shared with another story, which uses the rest")]
mod world;
