//! The store and its units, for the database this is compiled for.

use std::path::Path;

use async_trait::async_trait;
use sqlx::pool::PoolConnection;
use sqlx::{Database, Executor as _, Pool, SqlSafeStr as _, Transaction};

use super::cell::{Cell, Row, first};
use super::settings;
use super::sql::Sql;
use super::{Db, MIGRATOR, dialect};
use crate::error::from_driver;
use crate::{Backend, BackupSummary, Error, FoldReader, Open, Result, Unit};

/// An open database.
pub(crate) struct DbStore {
    pub(super) writer: Pool<Db>,
    pub(super) reader: Pool<Db>,
    upkeep: dialect::Upkeep,
}

impl DbStore {
    /// Opens it and brings its tables up to date.
    pub(crate) async fn open(url: &str, open: Open) -> Result<Self> {
        let (writer, reader, upkeep) = dialect::connect(url, open).await?;
        MIGRATOR.run(&writer).await.map_err(|e| match e {
            sqlx::migrate::MigrateError::Execute(e) => from_driver(e),
            sqlx::migrate::MigrateError::VersionMissing(v) => Error::Address(format!(
                "this database was made by a newer Kinfold (it has change {v}, which this one does not know)"
            )),
            e => Error::Driver(e.to_string()),
        })?;
        Ok(Self { writer, reader, upkeep })
    }
}

#[async_trait]
impl Backend for DbStore {
    async fn write(&self) -> Result<Box<dyn Unit>> {
        let tx = self.writer.begin_with(dialect::BEGIN_WRITE).await.map_err(from_driver)?;
        Ok(Box::new(DbUnit { held: Held::Transaction(tx), rights_changed: false, data_changed: false }))
    }

    async fn read(&self) -> Result<Box<dyn Unit>> {
        let tx = self.reader.begin_with(dialect::BEGIN_READ).await.map_err(from_driver)?;
        Ok(Box::new(DbUnit { held: Held::Transaction(tx), rights_changed: false, data_changed: false }))
    }

    async fn glance(&self) -> Result<Box<dyn Unit>> {
        let connection = self.reader.acquire().await.map_err(from_driver)?;
        Ok(Box::new(DbUnit {
            held: Held::Connection(connection),
            rights_changed: false,
            data_changed: false,
        }))
    }

    async fn fold_readers(&self, count: usize) -> Result<Vec<Box<dyn FoldReader>>> {
        dialect::fold_readers(self, &self.reader, count).await
    }

    async fn backup(&self, to: &Path) -> Result<BackupSummary> {
        self.write_backup(to).await
    }

    async fn restore(&self, from: &Path) -> Result<BackupSummary> {
        self.read_backup(from).await
    }

    async fn tidy(&self) -> Result<()> {
        for text in dialect::TIDY {
            self.writer.execute(text.into_sql_str()).await.map_err(from_driver)?;
        }
        Ok(())
    }

    async fn close(&self) {
        self.upkeep.end().await;
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// What a unit holds: a transaction, or a connection for single statements.
pub(super) enum Held {
    Transaction(Transaction<'static, Db>),
    Connection(PoolConnection<Db>),
}

/// A unit of work.
pub(crate) struct DbUnit {
    pub(super) held: Held,
    /// Whether the access epoch must grow. It grows in `commit`, last of all, so that its one row is locked for the
    /// shortest time and always after the head of the audit log: two units never wait for each other.
    pub(super) rights_changed: bool,
    /// Whether a statement changed anything that a page may show: then the data epoch grows in `commit` too.
    pub(super) data_changed: bool,
}

impl DbUnit {
    /// The connection to run statements on.
    pub(super) fn connection(&mut self) -> &mut <Db as Database>::Connection {
        match &mut self.held {
            Held::Transaction(tx) => tx,
            Held::Connection(connection) => connection,
        }
    }

    /// Every row of a result.
    pub(super) async fn all<T>(&mut self, sql: Sql, read: impl Fn(&Row) -> Result<T>) -> Result<Vec<T>> {
        self.data_changed |= sql.changes_data();
        let (text, args) = sql.finish()?;
        let rows = sqlx::query_with(text, args).fetch_all(self.connection()).await.map_err(from_driver)?;
        rows.iter().map(read).collect()
    }

    /// The only row of a result, or none.
    pub(super) async fn one<T>(
        &mut self,
        sql: Sql,
        read: impl FnOnce(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        self.data_changed |= sql.changes_data();
        let (text, args) = sql.finish()?;
        let row =
            sqlx::query_with(text, args).fetch_optional(self.connection()).await.map_err(from_driver)?;
        row.as_ref().map(read).transpose()
    }

    /// The one value of a result that always has one.
    pub(super) async fn value<T: Cell>(&mut self, sql: Sql) -> Result<T> {
        self.one(sql, first).await?.ok_or_else(|| Error::Corrupt("a statement gave no row".to_owned()))
    }

    /// Runs a statement; answers how many rows it touched.
    pub(super) async fn run(&mut self, sql: Sql) -> Result<u64> {
        self.data_changed |= sql.changes_data();
        let (text, args) = sql.finish()?;
        let done = sqlx::query_with(text, args).execute(self.connection()).await.map_err(from_driver)?;
        Ok(done.rows_affected())
    }
}

#[async_trait]
impl Unit for DbUnit {
    async fn commit(mut self: Box<Self>) -> Result<()> {
        if self.rights_changed {
            self.run(Sql::new(settings::BUMP)).await?;
        } else if self.data_changed {
            self.run(Sql::new(settings::BUMP_DATA)).await?;
        }
        match self.held {
            Held::Transaction(tx) => tx.commit().await.map_err(from_driver),
            Held::Connection(_) => Ok(()),
        }
    }

    async fn roll_back(self: Box<Self>) -> Result<()> {
        match self.held {
            Held::Transaction(tx) => tx.rollback().await.map_err(from_driver),
            Held::Connection(_) => Ok(()),
        }
    }
}
