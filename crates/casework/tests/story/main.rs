//! The story of a record, told through casework on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]
#![expect(clippy::panic, reason = "a story that cannot go on has failed")]

mod recording;
mod signing_in;
mod world;
