//! PostgreSQL's own words.

use std::fmt::Write as _;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::error::from_driver;
use crate::folds::{self, FoldReader};
use crate::{Backend, Error, Open, Result};

/// Each statement sees what is committed; what must not change under a unit is locked by its own statements.
pub(crate) const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// A snapshot.
pub(crate) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The end of the statement that picks work to claim: other processes take other rows.
pub(crate) const SKIP_LOCKED: &str = " FOR UPDATE SKIP LOCKED";
/// Adds the placeholder of the next value.
pub(crate) fn placeholder(text: &mut String, number: usize) {
    // Writing to a String cannot fail.
    let _ = write!(text, "${number}");
}
/// The most values one statement may carry.
pub(crate) const MAX_VALUES: usize = 64_000;
/// What the planner learns about the tables after bulk work.
pub(crate) const TIDY: &[&str] = &["ANALYZE"];
/// Columns of a table: name, type, in order.
pub(crate) const COLUMNS: &str = "SELECT column_name::text, data_type::text, is_nullable = 'NO'
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
#[cfg(test)]
/// The tables, and the indexes that a migration names ("index on table"), by name.
pub(crate) const NAMES: &str = "SELECT name FROM (
        SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()
        UNION ALL SELECT indexname || ' on ' || tablename FROM pg_indexes WHERE schemaname = current_schema()
            AND indexname NOT LIKE '%!_pkey' ESCAPE '!' AND indexname NOT LIKE '%!_key' ESCAPE '!') all_names
    WHERE name NOT LIKE '!_%' ESCAPE '!' ORDER BY name COLLATE \"C\"";
/// Teams may come before the teams they are part of.
pub(crate) const BEFORE_RESTORE: &[&str] = &["SET CONSTRAINTS ALL DEFERRED"];
/// The counter behind `entry.seq` goes on after the highest value.
pub(crate) const AFTER_RESTORE: &[&str] = &[
    "SELECT setval(pg_get_serial_sequence('entry', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM entry), false)",
];

const PATIENCE: Duration = Duration::from_secs(30);

/// Nothing: the server sees to its own log.
pub(crate) struct Upkeep;

impl Upkeep {
    pub(crate) async fn end(&self) {}
}

/// Readers of what every child's duties are worked out from: one connection feeds them all.
pub(crate) async fn fold_readers(
    store: &dyn Backend,
    _reader: &PgPool,
    count: usize,
) -> Result<Vec<Box<dyn FoldReader>>> {
    Ok(folds::fed(store.glance().await?, count))
}

/// Opens the pool that writes and the pool that reads. The database itself must exist: making it is the operator's
/// work, so a mistyped address is refused by the server.
pub(crate) async fn connect(url: &str, _open: Open) -> Result<(PgPool, PgPool, Upkeep)> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|e| Error::Address(format!("the address of the database cannot be read: {e}")))?
        .application_name("kinfold")
        .statement_cache_capacity(512)
        // A commit is acknowledged only once it is on disk, whatever the server's own setting is.
        .options([("synchronous_commit", "on")]);
    // Asked once by itself: a pool would go on trying for half a minute when nobody answers at the address.
    let first: PgConnection = options.connect().await.map_err(from_driver)?;
    first.close().await.map_err(from_driver)?;
    let writer = PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(PATIENCE)
        .connect_with(options.clone())
        .await
        .map_err(from_driver)?;
    let reader = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options.options([("default_transaction_read_only", "on")]));
    Ok((writer, reader, Upkeep))
}
