//! SQLite's own words.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::from_driver;
use crate::folds::FoldReader;
use crate::{Backend, Error, Open, Result};

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
/// After bulk work: what the planner learns about the tables, and all of it in the database itself, so that the first
/// person who writes next does not wait until the disk has it.
pub(crate) const TIDY: &[&str] = &["PRAGMA optimize=0x10002", "PRAGMA wal_checkpoint(TRUNCATE)"];
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
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

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

/// Readers of what every child's duties are worked out from: each has a connection of its own.
pub(crate) async fn fold_readers(
    _store: &dyn Backend,
    reader: &SqlitePool,
    count: usize,
) -> Result<Vec<Box<dyn FoldReader>>> {
    let file = reader.connect_options().get_filename().to_owned();
    let readers = tokio::task::spawn_blocking(move || super::sqlite_folds::readers(&file, count));
    readers.await.map_err(|e| Error::Driver(e.to_string()))?
}

/// How often the log is carried over.
const CARRY: Duration = Duration::from_secs(1);

/// Carries the write-ahead log over into the database, on a connection of its own. Left to itself SQLite does so within
/// somebody's commit, and whoever asks for a page meanwhile waits for two flushes of the disk more.
pub(crate) struct Upkeep {
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Upkeep {
    async fn start(options: SqliteConnectOptions) -> Result<Self> {
        let mut connection = options.connect().await.map_err(from_driver)?;
        let (stop, mut stopped) = watch::channel(());
        let task = tokio::spawn(async move {
            // The end of the channel is the end of the store.
            while tokio::time::timeout(CARRY, stopped.changed()).await.is_err() {
                // Passive: it waits for nobody and nobody waits for it; what it leaves is carried next time. With
                // nothing new in the log it touches no disk.
                if let Err(error) = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await {
                    tracing::warn!(%error, "the write-ahead log was not carried over; it will be tried again");
                }
            }
            let _ = connection.close().await;
        });
        Ok(Self { stop, task })
    }

    /// Waits until it has let go of the database.
    pub(crate) async fn end(&self) {
        let _ = self.stop.send(());
        while !self.task.is_finished() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Opens the pool that writes (one connection, a fair queue) and the pool that reads.
pub(crate) async fn connect(url: &str, open: Open) -> Result<(SqlitePool, SqlitePool, Upkeep)> {
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
        // Room for all rows of a helping, so that whoever reads and whoever uses them seldom wait for each other.
        .row_buffer_size(1024)
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory")
        // Only should [`Upkeep`] not keep up.
        .pragma("wal_autocheckpoint", "16000");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone().optimize_on_close(true, 400))
        .await
        .map_err(from_driver)?;
    let upkeep = Upkeep::start(options.clone().create_if_missing(false)).await?;
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
                .row_buffer_size(256)
                // No memory map: SQLite takes it down and builds it again for every reader after every commit of
                // somebody else, which with an audited read in every commit costs more than reading does.
                .pragma("cache_size", "-16384"),
        );
    Ok((writer, reader, upkeep))
}
