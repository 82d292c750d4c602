//! The entries of the chronologies.

use async_trait::async_trait;
use uuid::Uuid;

use super::bulk::Into;
use super::cell::first;
use super::sql::{Sql, Tuple};
use super::unit::DbUnit;
use crate::{Entries, EntryRow, Result};

table!(($) entry, EntryRow, "entry", seq, id, child, kind, happened_on, happened_at, recorded_at, recorded_by, source,
    sensitivity, replaces, import_run, body);

// Without seq: the database gives it.
const INSERT: Into = Into::rows(
    "INSERT INTO entry (id, child, kind, happened_on, happened_at, recorded_at, recorded_by, source, sensitivity,
        replaces, import_run, body) VALUES ",
    12,
);

statements! {
    STEP = "UPDATE child SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";
    VERSION = "SELECT version FROM child WHERE id = $1";
    OF_CHILD = concat!("SELECT ", entry!(), " FROM entry WHERE child = $1 ORDER BY seq");
    ONE = concat!("SELECT ", entry!(), " FROM entry WHERE id = $1");
    OF_RUN = concat!("SELECT ", entry!(), " FROM entry WHERE import_run = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    AFTER = concat!("SELECT ", entry!(), " FROM entry WHERE seq > $1 ORDER BY seq LIMIT $2");
    COUNT = "SELECT count(*) FROM entry";
}

fn write(row: &EntryRow, t: &mut Tuple<'_>) {
    t.v(&row.id).v(&row.child).v(&row.kind).v(&row.happened_on).v(&row.happened_at).v(&row.recorded_at);
    t.v(&row.recorded_by).v(&row.source).v(&row.sensitivity).v(&row.replaces).v(&row.import_run).v(&row.body);
}

#[async_trait]
impl Entries for DbUnit {
    async fn append_entries(&mut self, child: Uuid, expected_version: i64, rows: &[EntryRow]) -> Result<i64> {
        // The step comes first: it locks the child's row, so that nobody else appends until this unit ends.
        let stepped = self.one(Sql::new(STEP).v(&child).v(&expected_version), first).await?;
        let version = self.versioned("child", stepped, Sql::new(VERSION).v(&child)).await?;
        self.insert(INSERT, rows, write).await?;
        Ok(version)
    }

    async fn insert_entries(&mut self, rows: &[EntryRow]) -> Result<()> {
        let mut children: Vec<Uuid> = rows.iter().map(|row| row.child).collect();
        children.sort_unstable();
        children.dedup();
        for some in children.chunks(1024) {
            let mut sql = Sql::new("UPDATE child SET version = version + 1 WHERE id IN ");
            sql.list(some);
            self.run(sql).await?;
        }
        self.insert(INSERT, rows, write).await?;
        Ok(())
    }

    async fn entries(&mut self, child: Uuid) -> Result<Vec<EntryRow>> {
        self.all(Sql::new(OF_CHILD).v(&child), entry::read).await
    }

    async fn entries_of(&mut self, children: &[Uuid]) -> Result<Vec<EntryRow>> {
        let mut children = children.to_vec();
        children.sort_unstable();
        children.dedup();
        let mut entries = Vec::new();
        for some in children.chunks(1024) {
            let mut sql = Sql::new(concat!("SELECT ", entry!(), " FROM entry WHERE child IN "));
            sql.list(some).text(" ORDER BY child, seq");
            entries.extend(self.all(sql, entry::read).await?);
        }
        Ok(entries)
    }

    async fn entry(&mut self, id: Uuid) -> Result<Option<EntryRow>> {
        self.one(Sql::new(ONE).v(&id), entry::read).await
    }

    async fn entries_of_run(&mut self, run: Uuid, after: i64, limit: i64) -> Result<Vec<EntryRow>> {
        self.all(Sql::new(OF_RUN).v(&run).v(&after).v(&limit), entry::read).await
    }

    async fn entries_after(&mut self, after: i64, limit: i64) -> Result<Vec<EntryRow>> {
        self.all(Sql::new(AFTER).v(&after).v(&limit), entry::read).await
    }

    async fn count_entries(&mut self) -> Result<i64> {
        self.value(Sql::new(COUNT)).await
    }
}
