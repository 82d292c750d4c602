//! The store keeps things: accounts, children, entries, duties, drafts, the outbox, the audit log.
//!
//! One interface over SQLite and PostgreSQL, chosen by the address given to [`Store::open`]. Work is done in a
//! [`Unit`]: [`Store::write`] opens one that may write, [`Store::read`] a snapshot, [`Store::glance`] single
//! statements without a snapshot. The rooms (`rooms/`) hold the rows and the traits; the repositories (`repos/`)
//! hold the statements, written once and compiled once for each database; `dialect/` holds what differs.
//!
//! To add a table: add it to both folders of `migrations/` in a new file of the same name, a room with its row and
//! trait, a repository with its statements listed in `STATEMENTS`, and a line to the tables of `portable.rs`.

#[cfg(test)]
mod checks;
mod days;
mod dialect;
mod error;
mod folds;
mod page;
mod portable;
#[allow(clippy::duplicate_mod, reason = "one source, compiled once for each database")]
mod postgres;
mod rooms;
mod scope;
#[allow(clippy::duplicate_mod, reason = "one source, compiled once for each database")]
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod unit;

pub use error::{Error, Result};
pub use folds::{Fold, FoldReader};
pub use page::{Page, Paged};
pub use portable::BackupSummary;
pub use rooms::audit::*;
pub use rooms::authority::*;
pub use rooms::board::*;
pub use rooms::children::*;
pub use rooms::circle::*;
pub use rooms::drafts::*;
pub use rooms::duties::*;
pub use rooms::entries::*;
pub use rooms::feeds::*;
pub use rooms::forms::*;
pub use rooms::guidance::*;
pub use rooms::imports::*;
pub use rooms::outbox::*;
pub use rooms::people::*;
pub use rooms::return_asks::*;
pub use rooms::sending::*;
pub use rooms::sessions::*;
pub use rooms::settings::*;
pub use rooms::surveys::*;
pub use rooms::voice::*;
pub use scope::{Scope, SubjectKind};
pub use unit::Unit;

use std::path::Path;
use std::sync::Arc;

/// A handle on an open database; clones share it.
#[derive(Clone)]
pub struct Store(Arc<dyn Backend>);

/// How to open a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// Make the SQLite file when there is none. Without it a mistyped address is refused, not turned into an empty
    /// database.
    pub create: bool,
}

/// What a database must offer; one implementation for each.
#[async_trait::async_trait]
trait Backend: Send + Sync {
    async fn read(&self) -> Result<Box<dyn Unit>>;
    async fn write(&self) -> Result<Box<dyn Unit>>;
    async fn glance(&self) -> Result<Box<dyn Unit>>;
    async fn fold_readers(&self, count: usize) -> Result<Vec<Box<dyn FoldReader>>>;
    async fn backup(&self, to: &Path) -> Result<BackupSummary>;
    async fn restore(&self, from: &Path) -> Result<BackupSummary>;
    async fn tidy(&self) -> Result<()>;
    async fn close(&self);
}

impl Store {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings its tables up to date.
    pub async fn open(url: &str, open: Open) -> Result<Self> {
        if url.starts_with("sqlite:") {
            Ok(Self(Arc::new(sqlite::repos::DbStore::open(url, open).await?)))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self(Arc::new(postgres::repos::DbStore::open(url, open).await?)))
        } else {
            Err(Error::Address("give the database as sqlite:PATH or postgres://…".to_owned()))
        }
    }

    /// Opens a unit that may write. On SQLite writers queue fairly for the one writing connection.
    pub async fn write(&self) -> Result<Box<dyn Unit>> {
        self.0.write().await
    }

    /// Opens a unit that sees one snapshot and may not write.
    pub async fn read(&self) -> Result<Box<dyn Unit>> {
        self.0.read().await
    }

    /// Opens a unit for single statements that need no snapshot together: the cheapest read.
    pub async fn glance(&self) -> Result<Box<dyn Unit>> {
        self.0.glance().await
    }

    /// Readers that share out among themselves what every child's duties are worked out from.
    pub async fn fold_readers(&self, count: usize) -> Result<Vec<Box<dyn FoldReader>>> {
        self.0.fold_readers(count).await
    }

    /// Writes everything, as one snapshot sees it, to a new file that either database can be restored from. People go
    /// on working meanwhile. The file is readable by its owner only.
    pub async fn backup(&self, to: &Path) -> Result<BackupSummary> {
        self.0.backup(to).await
    }

    /// Fills this database, which must be new, from a backup: all of it, or nothing and the reason.
    pub async fn restore(&self, from: &Path) -> Result<BackupSummary> {
        self.0.restore(from).await
    }

    /// Lets the database learn how its tables are filled: after an import, a rebuild or a restore.
    pub async fn tidy(&self) -> Result<()> {
        self.0.tidy().await
    }

    /// Waits for the units that are open and closes the connections; on SQLite it also empties the write-ahead log.
    pub async fn close(&self) {
        self.0.close().await;
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}
