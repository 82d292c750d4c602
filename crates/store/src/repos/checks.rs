//! What tests look at from inside: every statement, and the tables as they are.

use std::borrow::Cow;

use sqlx::migrate::Migrator;
use sqlx::{Executor as _, SqlSafeStr as _};
use uuid::Uuid;

use super::cell::Cells;
use super::sql::Sql;
use super::unit::{DbStore, DbUnit, Held};
use super::{MIGRATOR, dialect, statements};
use crate::Open;
use crate::portable::TABLES;

async fn unit(url: &str) -> DbUnit {
    let store = DbStore::open(url, Open::default()).await.unwrap();
    DbUnit {
        held: Held::Transaction(store.writer.begin().await.unwrap()),
        rights_changed: false,
        data_changed: false,
    }
}

/// Makes a database as it was before the digests stood beside the timelines, with one child in it.
pub(crate) async fn with_a_child_of_before(url: &str, child: Uuid, timeline: &[u8], duties: &[u8]) {
    let (writer, _, upkeep) = dialect::connect(url, Open { create: true }).await.unwrap();
    let early = MIGRATOR.iter().filter(|m| m.version < 14).cloned().collect();
    let early = Migrator { migrations: Cow::Owned(early), ..Migrator::DEFAULT };
    early.run(&writer).await.unwrap();
    let held = Held::Transaction(writer.begin().await.unwrap());
    let mut unit = DbUnit { held, rights_changed: false, data_changed: false };
    let sql = "INSERT INTO child (id, subject, reference, version, restricted, created_at, name, sort_name, looked_after,
        entries, duties_digest) VALUES ($1, 'child', 'K1', 3, $2, 0, 'Ivy Dale', 'dale ivy', $3, 7, 99)";
    unit.run(Sql::new(sql).v(&child).v(&false).v(&true)).await.unwrap();
    let sql = "INSERT INTO child_fold (child, timeline, duties, projection_version) VALUES ($1, $2, $3, 5)";
    unit.run(Sql::new(sql).v(&child).v(&timeline.to_vec()).v(&duties.to_vec())).await.unwrap();
    crate::Unit::commit(Box::new(unit)).await.unwrap();
    upkeep.end().await;
    writer.close().await;
}

/// Prepares every fixed statement; answers how many there are.
pub(crate) async fn prepare_all(url: &str) -> usize {
    let mut unit = unit(url).await;
    let mut count = 0;
    for (room, statements) in statements() {
        for (name, text) in statements {
            let prepared = unit.connection().prepare(text.into_sql_str()).await;
            assert!(prepared.is_ok(), "{room}: {name}: {}", prepared.err().unwrap());
            count += 1;
        }
    }
    count
}

/// The columns of every table, with the types that both databases have a word for.
pub(crate) async fn columns(url: &str) -> Vec<String> {
    let mut unit = unit(url).await;
    let mut columns = Vec::new();
    for table in TABLES.iter().map(|table| table.name) {
        let found = unit
            .all(Sql::new(dialect::COLUMNS).v(&table.to_owned()), |row| {
                let mut cells = Cells::new(row);
                let name: String = cells.next()?;
                let kind: String = cells.next()?;
                let needed: bool = cells.next()?;
                let kind = match kind.as_str() {
                    "INTEGER" | "bigint" | "boolean" => "number",
                    "BLOB" | "bytea" | "uuid" => "bytes",
                    "TEXT" | "text" => "text",
                    _ => "unknown",
                };
                Ok(format!("{table}.{name} {kind}{}", if needed { " not null" } else { "" }))
            })
            .await
            .unwrap();
        assert!(!found.is_empty(), "there is no table {table}");
        columns.extend(found);
    }
    columns
}

/// The names of every index that a migration names, and of every table.
pub(crate) async fn names(url: &str) -> Vec<String> {
    let mut unit = unit(url).await;
    unit.all(Sql::new(dialect::NAMES), super::cell::first).await.unwrap()
}

/// The names of the migrations.
pub(crate) fn migrations() -> Vec<(i64, String)> {
    MIGRATOR.migrations.iter().map(|m| (m.version, m.description.to_string())).collect()
}
