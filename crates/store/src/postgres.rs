//! The store on PostgreSQL.

pub(crate) use crate::dialect::postgres as dialect;
pub(crate) type Db = sqlx::Postgres;
pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

#[path = "repos/mod.rs"]
pub(crate) mod repos;
