//! Writing a backup from the tables, and filling the tables from one.

use std::collections::HashMap;
use std::path::Path;

use futures::TryStreamExt as _;
use sqlx::{Executor as _, SqlSafeStr as _};
use uuid::Uuid;

use super::bulk::Into;
use super::cell::{Cell, Cells, Row};
use super::sql::{Sql, Tuple};
use super::unit::{DbStore, DbUnit, Held};
use super::{MIGRATOR, dialect};
use crate::error::from_driver;
use crate::portable::{BackupSummary, Datum, Reader, TABLES, Table, Writer};
use crate::{Error, Result, Unit as _};

statements! {
    IS_EMPTY = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM child) + (SELECT count(*) FROM audit)";
    FORGET_EPOCH = "DELETE FROM epoch";
    FORGET_AUDIT_HEAD = "DELETE FROM audit_head";
    FORGET_AUDIT_SORTED = "DELETE FROM audit_sorted";
    FORGET_COUNTER = "DELETE FROM counter";
    FORGET_SETTINGS = "DELETE FROM setting";
}

/// How many rows to insert at once.
const BATCH: usize = 2048;
/// How many bytes of rows to hold before they are inserted: a row with a file in it is large.
const HELD: usize = 4 << 20;

/// A column, and what the database calls its type.
struct Column {
    name: String,
    kind: String,
}

fn schema() -> i64 {
    MIGRATOR.migrations.iter().map(|m| m.version).max().unwrap_or_default()
}

fn datum(row: &Row, at: usize, column: &Column) -> Result<Datum> {
    Ok(match column.kind.as_str() {
        "INTEGER" | "bigint" => Option::cell(row, at)?.map_or(Datum::None, Datum::Number),
        "boolean" => Option::<bool>::cell(row, at)?.map_or(Datum::None, |b| Datum::Number(b.into())),
        "BLOB" | "bytea" => Option::cell(row, at)?.map_or(Datum::None, Datum::Bytes),
        "uuid" => {
            Option::<Uuid>::cell(row, at)?.map_or(Datum::None, |u| Datum::Bytes(u.into_bytes().to_vec()))
        }
        "TEXT" | "text" => Option::cell(row, at)?.map_or(Datum::None, Datum::Text),
        kind => return Err(Error::Corrupt(format!("column {} is of the unknown type {kind}", column.name))),
    })
}

/// Writes a value, or says why it does not fit.
fn put(t: &mut Tuple<'_>, value: &Datum, column: &Column) -> Result<(), String> {
    match (value, column.kind.as_str()) {
        (Datum::Number(n), "INTEGER" | "bigint") => t.v(n),
        (Datum::Number(n @ (0 | 1)), "boolean") => t.v(&(*n == 1)),
        (Datum::Bytes(b), "BLOB" | "bytea") => t.v(b),
        (Datum::Bytes(b), "uuid") => t.v(&Uuid::from_slice(b).map_err(|e| format!("{}: {e}", column.name))?),
        (Datum::Text(text), "TEXT" | "text") => t.v(text),
        (Datum::None, "INTEGER" | "bigint") => t.v(&None::<i64>),
        (Datum::None, "boolean") => t.v(&None::<bool>),
        (Datum::None, "BLOB" | "bytea") => t.v(&None::<Vec<u8>>),
        (Datum::None, "uuid") => t.v(&None::<Uuid>),
        (Datum::None, "TEXT" | "text") => t.v(&None::<String>),
        _ => return Err(format!("{} cannot hold that value", column.name)),
    };
    Ok(())
}

impl DbStore {
    /// Writes everything, as one snapshot sees it, to a new file.
    pub(crate) async fn write_backup(&self, to: &Path) -> Result<BackupSummary> {
        let mut unit = self.snapshot().await?;
        let mut writer = Writer::create(to, schema()).await?;
        let mut summary = BackupSummary::default();
        for table in TABLES {
            let columns = unit.columns(table).await?;
            let mut count = 0;
            let mut rows = unit.connection().fetch(table.select.into_sql_str());
            while let Some(row) = rows.try_next().await.map_err(from_driver)? {
                let values: Vec<Datum> =
                    columns.iter().enumerate().map(|(at, c)| datum(&row, at, c)).collect::<Result<_>>()?;
                writer.row(table.name, &values).await?;
                count += 1;
            }
            summary.tables.push((table.name, count));
        }
        writer.finish().await?;
        Ok(summary)
    }

    /// Fills a new database from a backup, all of it or nothing.
    pub(crate) async fn read_backup(&self, from: &Path) -> Result<BackupSummary> {
        let mut reader = Reader::open(from, schema()).await?;
        let mut unit = self.writing().await?;
        if unit.value::<i64>(Sql::new(IS_EMPTY)).await? > 0 {
            return Err(Error::Backup("the database is not empty; restore into a new one".to_owned()));
        }
        for text in [FORGET_EPOCH, FORGET_AUDIT_HEAD, FORGET_AUDIT_SORTED, FORGET_COUNTER, FORGET_SETTINGS] {
            unit.run(Sql::new(text)).await?;
        }
        for text in dialect::BEFORE_RESTORE {
            unit.run(Sql::new(text)).await?;
        }
        let mut counts: HashMap<&str, u64> = HashMap::new();
        let mut waiting: Vec<Vec<Datum>> = Vec::with_capacity(BATCH);
        let mut held = 0;
        let mut current: Option<&'static Table> = None;
        let mut columns = Vec::new();
        while let Some((table, row)) = reader.next().await? {
            if current.is_none_or(|c| c.name != table.name) {
                unit.restore_rows(current, &columns, &mut waiting, &reader).await?;
                columns = unit.columns(table).await?;
                current = Some(table);
                held = 0;
            }
            if row.len() != columns.len() {
                return Err(reader.refuse(&format!("a row of {} has {} values", table.name, columns.len())));
            }
            *counts.entry(table.name).or_default() += 1;
            held += row.iter().map(Datum::size).sum::<usize>();
            waiting.push(row);
            if waiting.len() == BATCH || held > HELD {
                unit.restore_rows(current, &columns, &mut waiting, &reader).await?;
                held = 0;
            }
        }
        unit.restore_rows(current, &columns, &mut waiting, &reader).await?;
        for text in dialect::AFTER_RESTORE {
            unit.run(Sql::new(text)).await?;
        }
        Box::new(unit).commit().await?;
        let tables =
            TABLES.iter().map(|t| (t.name, counts.get(t.name).copied().unwrap_or_default())).collect();
        Ok(BackupSummary { tables })
    }

    async fn snapshot(&self) -> Result<DbUnit> {
        let tx = self.reader.begin_with(dialect::BEGIN_READ).await.map_err(from_driver)?;
        Ok(DbUnit { held: Held::Transaction(tx), rights_changed: false, data_changed: false })
    }

    async fn writing(&self) -> Result<DbUnit> {
        let tx = self.writer.begin_with(dialect::BEGIN_WRITE).await.map_err(from_driver)?;
        Ok(DbUnit { held: Held::Transaction(tx), rights_changed: false, data_changed: false })
    }
}

impl DbUnit {
    async fn columns(&mut self, table: &Table) -> Result<Vec<Column>> {
        self.all(Sql::new(dialect::COLUMNS).v(&table.name.to_owned()), |row| {
            let mut cells = Cells::new(row);
            Ok(Column { name: cells.next()?, kind: cells.next()? })
        })
        .await
    }

    async fn restore_rows(
        &mut self,
        table: Option<&Table>,
        columns: &[Column],
        rows: &mut Vec<Vec<Datum>>,
        reader: &Reader,
    ) -> Result<()> {
        let Some(table) = table else { return Ok(()) };
        for row in rows.iter() {
            // Looked at before anything is sent, so that the error names the value and not the statement.
            let mut trial = Sql::new("");
            let mut fits = Ok(());
            trial.tuple(|t| {
                fits = row.iter().zip(columns).try_for_each(|(value, column)| put(t, value, column))
            });
            fits.map_err(|why| reader.refuse(&format!("{}: {why}", table.name)))?;
        }
        let into = Into::rows(table.insert, columns.len());
        let done = self
            .insert(into, rows, |row, t| {
                for (value, column) in row.iter().zip(columns) {
                    // Every value was tried above.
                    let _ = put(t, value, column);
                }
            })
            .await;
        done.map_err(|e| reader.refuse(&format!("{} (or shortly before): {e}", table.name)))?;
        rows.clear();
        Ok(())
    }
}
