//! The store on SQLite.

pub(crate) use crate::dialect::sqlite as dialect;
pub(crate) type Db = sqlx::Sqlite;
pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

#[path = "repos/mod.rs"]
pub(crate) mod repos;
