//! SQLite's own words.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::error::from_driver;
use crate::{Error, Open, Result};

/// Takes the one write lock at once, so that a unit never has to be given up half way because another one wrote.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";
/// A snapshot, from the first statement on.
pub(crate) const BEGIN_READ: &str = "BEGIN DEFERRED";
/// The end of the statement that picks work to claim: one writer, so nothing to skip.
pub(crate) const SKIP_LOCKED: &str = "";
/// Adds the placeholder of the next value. Without a number: SQLite looks a numbered one up by its name among all the
/// others, which makes an INSERT of many rows slow.
pub(crate) fn placeholder(text: &mut String, _number: usize) {
    text.push('?');
}
/// The most values one statement may carry.
pub(crate) const MAX_VALUES: usize = 32_000;
/// What the planner learns about the tables after bulk work.
pub(crate) const ANALYSE: &str = "PRAGMA optimize=0x10002";
/// Columns of a table: name, type, whether it may be null, in order.
pub(crate) const COLUMNS: &str = "SELECT name, type, \"notnull\" FROM pragma_table_info($1) ORDER BY cid";
#[cfg(test)]
/// The tables, and the indexes that a migration names ("index on table"), by name.
pub(crate) const NAMES: &str = "SELECT CASE type WHEN 'table' THEN name ELSE name || ' on ' || tbl_name END FROM sqlite_schema
    WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_%' ESCAPE '!' ORDER BY 1";
/// Teams may come before the teams they are part of.
pub(crate) const BEFORE_RESTORE: &[&str] = &["PRAGMA defer_foreign_keys = ON"];
/// Nothing: an INTEGER PRIMARY KEY goes on from the highest value by itself.
pub(crate) const AFTER_RESTORE: &[&str] = &[];

/// How long a unit waits for its turn to write before the database is called busy.
const PATIENCE: Duration = Duration::from_secs(30);

fn path_of(url: &str) -> &str {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    rest.split_once('?').map_or(rest, |(path, _)| path)
}

fn refuse_mistyped(path: &Path, open: Open) -> Result<()> {
    if path.as_os_str().is_empty() || path == Path::new(":memory:") {
        return Err(Error::Address("give the path of a file: sqlite:PATH".to_owned()));
    }
    if !open.create && !path.exists() {
        return Err(Error::Address(format!(
            "there is no database at {}; check the path, or make one with `kinfold init`",
            path.display()
        )));
    }
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    if !folder.is_dir() {
        return Err(Error::Address(format!("there is no folder {} to keep a database in", folder.display())));
    }
    Ok(())
}

/// Opens the pool that writes (one connection, a fair queue) and the pool that reads.
pub(crate) async fn connect(url: &str, open: Open) -> Result<(SqlitePool, SqlitePool)> {
    let path = path_of(url);
    refuse_mistyped(Path::new(path), open)?;
    let options = SqliteConnectOptions::from_str("sqlite:")
        .map_err(|e| Error::Address(e.to_string()))?
        .filename(path)
        .in_memory(false)
        .create_if_missing(open.create)
        // The write-ahead log lets readers go on while somebody writes; FULL flushes it with every commit, so that
        // what has been acknowledged survives a power cut.
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(512)
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", "4000");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone().optimize_on_close(true, 400))
        .await
        .map_err(from_driver)?;
    let readers = u32::try_from(std::thread::available_parallelism().map_or(2, usize::from)).unwrap_or(2) * 2;
    let reader = SqlitePoolOptions::new()
        .max_connections(readers.clamp(4, 16))
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(
            options
                .read_only(true)
                .create_if_missing(false)
                // No memory map: SQLite takes it down and builds it again for every reader after every commit of
                // somebody else, which with an audited read in every commit costs more than reading does.
                .pragma("cache_size", "-16384"),
        );
    Ok((writer, reader))
}
