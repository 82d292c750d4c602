//! The audit log.

use async_trait::async_trait;

use super::bulk::Into;
use super::cell::{Cells, Row, first};
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Audit, AuditCheckpointRow, AuditFilter, AuditRow, NewAudit, Page, Paged, Result, Seal};

table!(($) logged, NewAudit, "audit", at, person, session, action, child, purpose, allowed, detail, leaf);
table!(($) checkpoint, AuditCheckpointRow, "audit_checkpoint", size, root, at, signature, key_id);

/// What everybody looked at meanwhile is written together, with the disk flushed after it: in as few statements as can
/// be, since the lines that come next wait for them.
const INSERT: Into =
    Into::rows(concat!("INSERT INTO audit (", logged!(), ", seq) VALUES "), 10).any_number_to(64);

statements! {
    /// Locks the head until the unit ends, so that the places have no gaps.
    GROW = "UPDATE audit_head SET size = size + $1 WHERE one = 1 RETURNING size";
    SIZE = "SELECT size FROM audit_head WHERE one = 1";
    ROWS = concat!("SELECT seq, ", logged!(), " FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2");
    /// Locks the lists until the unit ends, so that no line is put into them twice.
    LOCK_SORTED = "UPDATE audit_sorted SET size = size WHERE one = 1 RETURNING size";
    SORT_CHILDREN = "INSERT INTO audit_of_child (child, seq) SELECT child, seq FROM audit
        WHERE seq >= $1 AND seq < $2 AND child IS NOT NULL ORDER BY child, seq";
    SORT_PEOPLE = "INSERT INTO audit_of_person (person, seq) SELECT person, seq FROM audit
        WHERE seq >= $1 AND seq < $2 AND person IS NOT NULL ORDER BY person, seq";
    SORTED_TO = "UPDATE audit_sorted SET size = $1 WHERE one = 1";
    FORGET_OF_CHILDREN = "DELETE FROM audit_of_child";
    FORGET_OF_PEOPLE = "DELETE FROM audit_of_person";
    UNLISTED = "SELECT count(*) FROM audit a WHERE a.seq < (SELECT size FROM audit_sorted WHERE one = 1) AND (
        a.child IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_of_child l WHERE l.child = a.child AND l.seq = a.seq)
        OR a.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_of_person l WHERE l.person = a.person AND l.seq = a.seq))";
    LEAVES = "SELECT leaf FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2";
    CHECKPOINTS = concat!("SELECT ", checkpoint!(), " FROM audit_checkpoint ORDER BY size");
    LAST_CHECKPOINT = concat!("SELECT ", checkpoint!(), " FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
}

fn read(row: &Row) -> Result<AuditRow> {
    let mut cells = Cells::new(row);
    Ok(AuditRow { seq: cells.next()?, line: logged::next(&mut cells)? })
}

/// And those that are in no list yet.
const UNSORTED: &str =
    " UNION ALL SELECT seq FROM audit WHERE seq >= (SELECT size FROM audit_sorted WHERE one = 1)";

fn conditions(sql: &mut Sql, filter: &AuditFilter) {
    sql.text(" WHERE 1 = 1");
    // The line itself is asked too: the lists only say where to look.
    if let Some(child) = &filter.child {
        sql.text(" AND child = ").bind(child);
        sql.text(" AND seq IN (SELECT seq FROM audit_of_child WHERE child = ").bind(child);
        sql.text(UNSORTED).text(" AND child = ").bind(child).text(")");
    }
    if let Some(person) = &filter.person {
        sql.text(" AND person = ").bind(person);
        if filter.child.is_none() {
            sql.text(" AND seq IN (SELECT seq FROM audit_of_person WHERE person = ").bind(person);
            sql.text(UNSORTED).text(" AND person = ").bind(person).text(")");
        }
    }
    if let Some(action) = &filter.action {
        sql.text(" AND action = ").bind(action);
    }
    if let Some(allowed) = &filter.allowed {
        sql.text(" AND allowed = ").bind(allowed);
    }
    if let Some(from) = &filter.from {
        sql.text(" AND at >= ").bind(from);
    }
    if let Some(before) = &filter.before {
        sql.text(" AND at < ").bind(before);
    }
}

#[async_trait]
impl Audit for DbUnit {
    async fn append_audit(&mut self, rows: &mut [NewAudit], seal: Seal) -> Result<i64> {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let first_place = self.value::<i64>(Sql::new(GROW).v(&count)).await? - count;
        let placed: Vec<(i64, &NewAudit)> = (first_place..)
            .zip(rows)
            .map(|(seq, row)| {
                row.leaf = seal(seq, row);
                (seq, &*row)
            })
            .collect();
        self.insert(INSERT, &placed, |(seq, row), t| {
            logged::write(row, t);
            t.v(seq);
        })
        .await?;
        Ok(first_place)
    }

    async fn lock_audit(&mut self) -> Result<i64> {
        self.value(Sql::new(GROW).v(&0_i64)).await
    }

    async fn audit_size(&mut self) -> Result<i64> {
        self.value(Sql::new(SIZE)).await
    }

    async fn audit_rows(&mut self, from: i64, limit: i64) -> Result<Vec<AuditRow>> {
        self.all(Sql::new(ROWS).v(&from).v(&limit), read).await
    }

    async fn audit_leaves(&mut self, from: i64, limit: i64) -> Result<Vec<[u8; 32]>> {
        self.all(Sql::new(LEAVES).v(&from).v(&limit), first).await
    }

    async fn sort_audit(&mut self, at_most: i64) -> Result<i64> {
        let from: i64 = self.value(Sql::new(LOCK_SORTED)).await?;
        let size: i64 = self.value(Sql::new(SIZE)).await?;
        let to = size.min(from.saturating_add(at_most));
        if from < to {
            self.run(Sql::new(SORT_CHILDREN).v(&from).v(&to)).await?;
            self.run(Sql::new(SORT_PEOPLE).v(&from).v(&to)).await?;
            self.run(Sql::new(SORTED_TO).v(&to)).await?;
        }
        Ok(size - to)
    }

    async fn unsort_audit(&mut self) -> Result<()> {
        self.run(Sql::new(FORGET_OF_CHILDREN)).await?;
        self.run(Sql::new(FORGET_OF_PEOPLE)).await?;
        self.run(Sql::new(SORTED_TO).v(&0_i64)).await?;
        Ok(())
    }

    async fn unlisted_audit(&mut self) -> Result<i64> {
        self.value(Sql::new(UNLISTED)).await
    }

    async fn audit(&mut self, filter: &AuditFilter, page: Page) -> Result<Paged<AuditRow>> {
        let mut count = Sql::new("SELECT count(*) FROM audit");
        conditions(&mut count, filter);
        let mut list = Sql::new(concat!("SELECT seq, ", logged!(), " FROM audit"));
        conditions(&mut list, filter);
        list.text(" ORDER BY seq DESC").page(page);
        Ok(Paged { total: self.value(count).await?, rows: self.all(list, read).await? })
    }

    async fn insert_checkpoint(&mut self, row: &AuditCheckpointRow) -> Result<()> {
        self.insert(checkpoint::INSERT, std::slice::from_ref(row), checkpoint::write).await?;
        Ok(())
    }

    async fn checkpoints(&mut self) -> Result<Vec<AuditCheckpointRow>> {
        self.all(Sql::new(CHECKPOINTS), checkpoint::read).await
    }

    async fn last_checkpoint(&mut self) -> Result<Option<AuditCheckpointRow>> {
        self.one(Sql::new(LAST_CHECKPOINT), checkpoint::read).await
    }
}
