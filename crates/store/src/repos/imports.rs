//! Imports.

use async_trait::async_trait;
use uuid::Uuid;

use super::bulk::Into;
use super::cell::Cells;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Error, ImportRunRow, ImportSeenRow, Imports, Result, TermKind};

table!(($) run, ImportRunRow, "import_run", id, started_by, started_at, source_name, digest, status, counts, undone_at);
table!(($) seen, ImportSeenRow, "import_seen", key, digest, entry);

const INSERT_KEY: Into = Into::rows("INSERT INTO import_key (key, child) VALUES ", 2);
const SAVE_SEEN: Into =
    seen::INSERT.tail(" ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, entry = excluded.entry");

statements! {
    ONE = concat!("SELECT ", run!(), " FROM import_run WHERE id = $1");
    LATEST = concat!("SELECT ", run!(), " FROM import_run ORDER BY started_at DESC, id DESC LIMIT $1");
    UPDATE = "UPDATE import_run SET status = $2, counts = $3, undone_at = $4 WHERE id = $1";
    FORGET_SEEN = "DELETE FROM import_seen WHERE entry IN (SELECT id FROM entry WHERE import_run = $1)";
}

#[async_trait]
impl Imports for DbUnit {
    async fn insert_import_run(&mut self, row: &ImportRunRow) -> Result<()> {
        self.insert(run::INSERT, std::slice::from_ref(row), run::write).await?;
        Ok(())
    }

    async fn update_import_run(&mut self, row: &ImportRunRow) -> Result<()> {
        let sql = Sql::new(UPDATE).v(&row.id).v(&row.status).v(&row.counts).v(&row.undone_at);
        if self.run(sql).await? == 0 {
            return Err(Error::Dangling { what: "import_run".to_owned() });
        }
        Ok(())
    }

    async fn import_run(&mut self, id: Uuid) -> Result<Option<ImportRunRow>> {
        self.one(Sql::new(ONE).v(&id), run::read).await
    }

    async fn import_runs(&mut self, limit: i64) -> Result<Vec<ImportRunRow>> {
        self.all(Sql::new(LATEST).v(&limit), run::read).await
    }

    async fn children_by_import_key(&mut self, keys: &[String]) -> Result<Vec<(String, Uuid)>> {
        let mut found = Vec::new();
        for some in keys.chunks(1024) {
            let mut sql = Sql::new("SELECT key, child FROM import_key WHERE key IN ");
            sql.list(some);
            found.extend(
                self.all(sql, |row| {
                    let mut cells = Cells::new(row);
                    Ok((cells.next()?, cells.next()?))
                })
                .await?,
            );
        }
        Ok(found)
    }

    async fn insert_import_keys(&mut self, rows: &[(String, Uuid)]) -> Result<()> {
        self.insert(INSERT_KEY, rows, |(key, child), t| _ = t.v(key).v(child)).await?;
        Ok(())
    }

    async fn import_seen(&mut self, keys: &[String]) -> Result<Vec<ImportSeenRow>> {
        let mut found = Vec::new();
        for some in keys.chunks(1024) {
            let mut sql = Sql::new(concat!("SELECT ", seen!(), " FROM import_seen WHERE key IN "));
            sql.list(some);
            found.extend(self.all(sql, seen::read).await?);
        }
        Ok(found)
    }

    async fn import_seen_of(&mut self, children: &[Uuid]) -> Result<Vec<ImportSeenRow>> {
        let mut found = Vec::new();
        for some in children.chunks(512) {
            let mut sql = Sql::new(concat!(
                "SELECT ",
                seen!(),
                " FROM import_seen WHERE entry IN (SELECT id FROM entry WHERE child IN "
            ));
            sql.list(some);
            sql.text(")");
            found.extend(self.all(sql, seen::read).await?);
        }
        Ok(found)
    }

    async fn children_by_local_id(&mut self, terms: &[String]) -> Result<Vec<(String, Uuid)>> {
        let mut found = Vec::new();
        for some in terms.chunks(1024) {
            let mut sql = Sql::new("SELECT term, child FROM child_term WHERE kind = ");
            sql.bind(&TermKind::Local).text(" AND term IN ");
            sql.list(some);
            found.extend(
                self.all(sql, |row| {
                    let mut cells = Cells::new(row);
                    Ok((cells.next()?, cells.next()?))
                })
                .await?,
            );
        }
        Ok(found)
    }

    async fn save_import_seen(&mut self, rows: &[ImportSeenRow]) -> Result<()> {
        self.insert(SAVE_SEEN, rows, seen::write).await?;
        Ok(())
    }

    async fn forget_import_seen(&mut self, run: Uuid) -> Result<u64> {
        self.run(Sql::new(FORGET_SEEN).v(&run)).await
    }
}
