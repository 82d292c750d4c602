//! The children one by one, and what is derived for them.

use async_trait::async_trait;
use jiff::civil;
use uuid::Uuid;

use super::bulk::Into;
use super::cell::{Cells, Row, first};
use super::sql::{Sql, Tuple};
use super::unit::DbUnit;
use crate::{
    ChildFilter, ChildGlance, ChildLine, ChildRow, Children, Error, FoldLine, Found, Page, Paged, Projection,
    ProjectionLine, Result, Scope, Search, Term,
};

table!(($) projection, ProjectionLine, "child", id, subject, team, version, timeline, duties, projection_version);
table!(($) recomputing, FoldLine, "child_fold", id, digest, timeline);

macro_rules! whole {
    () => {
        "c.id, c.subject, c.reference, c.team, c.version, c.restricted, c.created_at, c.name, c.sort_name, c.born,
         c.looked_after, c.leaver_category, c.legal_status, c.placement_type, c.location, c.in_care_since, c.key_worker,
         c.next_change, c.entries, f.digest, f.projection_version, f.timeline, f.duties"
    };
}

const INSERT: Into = Into::rows(
    "INSERT INTO child (id, subject, reference, team, version, restricted, created_at, name, sort_name, born, looked_after,
        leaver_category, legal_status, placement_type, location, in_care_since, key_worker, next_change, entries) VALUES ",
    19,
);
const INSERT_FOLD: Into =
    Into::rows("INSERT INTO child_fold (child, digest, projection_version, timeline, duties) VALUES ", 5);
const INSERT_TERM: Into =
    Into::rows("INSERT INTO child_term (child, kind, term) VALUES ", 3).tail(" ON CONFLICT DO NOTHING");

statements! {
    /// The child, its derived values and the access epoch in one statement: a page of a child starts from this.
    GLANCE = concat!("SELECT ", whole!(), ", e.access FROM child c JOIN child_fold f ON f.child = c.id CROSS JOIN epoch e
        WHERE c.id = $1");
    BY_REFERENCE = concat!("SELECT ", whole!(), " FROM child c JOIN child_fold f ON f.child = c.id WHERE c.reference = $1");
    TAKE_REFERENCES = "UPDATE counter SET next = next + $1 WHERE name = 'reference' RETURNING next";
    SAVE = "UPDATE child SET name = $2, sort_name = $3, born = $4, looked_after = $5, leaver_category = $6, legal_status = $7,
        placement_type = $8, location = $9, in_care_since = $10, key_worker = $11, next_change = $12, entries = $13
        WHERE id = $1";
    SAVE_FOLD = "UPDATE child_fold SET digest = $2, projection_version = $3, timeline = $4, duties = $5 WHERE child = $1";
    RESTRICT = "UPDATE child SET restricted = $2 WHERE id = $1";
    SET_TEAM = "UPDATE child SET team = $2 WHERE id = $1";
    FORGET_TERMS = "DELETE FROM child_term WHERE child = $1";
    TERMS = "SELECT kind, term FROM child_term WHERE child = $1";
    TO_REFRESH = "SELECT id FROM child WHERE next_change <= $1 ORDER BY next_change, id LIMIT $2";
    PROJECTIONS = "SELECT c.id, c.subject, c.team, c.version, f.timeline, f.duties, f.projection_version
        FROM child c JOIN child_fold f ON f.child = c.id ORDER BY c.id LIMIT $1";
    PROJECTIONS_AFTER = "SELECT c.id, c.subject, c.team, c.version, f.timeline, f.duties, f.projection_version
        FROM child c JOIN child_fold f ON f.child = c.id WHERE c.id > $2 ORDER BY c.id LIMIT $1";
    IDS = "SELECT id FROM child ORDER BY id LIMIT $1";
    IDS_AFTER = "SELECT id FROM child WHERE id > $2 ORDER BY id LIMIT $1";
    FOLDS = "SELECT child, digest, timeline FROM child_fold ORDER BY child LIMIT $1";
    FOLDS_AFTER = "SELECT child, digest, timeline FROM child_fold WHERE child > $2 ORDER BY child LIMIT $1";
    COUNT = "SELECT count(*) FROM child";
}

fn read_whole(cells: &mut Cells<'_>) -> Result<ChildRow> {
    Ok(ChildRow {
        id: cells.next()?,
        subject: cells.next()?,
        reference: cells.next()?,
        team: cells.next()?,
        version: cells.next()?,
        restricted: cells.next()?,
        created_at: cells.next()?,
        projection: Projection {
            name: cells.next()?,
            sort_name: cells.next()?,
            born: cells.next()?,
            looked_after: cells.next()?,
            leaver_category: cells.next()?,
            legal_status: cells.next()?,
            placement_type: cells.next()?,
            location: cells.next()?,
            in_care_since: cells.next()?,
            key_worker: cells.next()?,
            next_change: cells.next()?,
            entries: cells.next()?,
            digest: cells.next()?,
            projection_version: cells.next()?,
            timeline: cells.next()?,
            duties: cells.next()?,
        },
    })
}

fn write_whole(row: &ChildRow, t: &mut Tuple<'_>) {
    let p = &row.projection;
    t.v(&row.id)
        .v(&row.subject)
        .v(&row.reference)
        .v(&row.team)
        .v(&row.version)
        .v(&row.restricted)
        .v(&row.created_at);
    t.v(&p.name).v(&p.sort_name).v(&p.born).v(&p.looked_after).v(&p.leaver_category).v(&p.legal_status);
    t.v(&p.placement_type)
        .v(&p.location)
        .v(&p.in_care_since)
        .v(&p.key_worker)
        .v(&p.next_change)
        .v(&p.entries);
}

fn write_fold(p: &Projection, t: &mut Tuple<'_>) {
    t.v(&p.digest).v(&p.projection_version).v(&p.timeline).v(&p.duties);
}

fn read_term(row: &Row) -> Result<Term> {
    let mut cells = Cells::new(row);
    Ok(Term { kind: cells.next()?, term: cells.next()? })
}

#[async_trait]
impl Children for DbUnit {
    async fn child_row(&mut self, id: Uuid) -> Result<Option<ChildGlance>> {
        self.one(Sql::new(GLANCE).v(&id), |row| {
            let mut cells = Cells::new(row);
            Ok(ChildGlance { child: read_whole(&mut cells)?, access_epoch: cells.next()? })
        })
        .await
    }

    async fn child_by_reference(&mut self, reference: &str) -> Result<Option<ChildRow>> {
        self.one(Sql::new(BY_REFERENCE).v(&reference.to_owned()), |row| read_whole(&mut Cells::new(row)))
            .await
    }

    async fn take_references(&mut self, count: i64) -> Result<i64> {
        Ok(self.value::<i64>(Sql::new(TAKE_REFERENCES).v(&count)).await? - count)
    }

    async fn insert_children(&mut self, rows: &[ChildRow]) -> Result<()> {
        self.insert(INSERT, rows, write_whole).await?;
        self.insert(INSERT_FOLD, rows, |row, t| {
            t.v(&row.id);
            write_fold(&row.projection, t);
        })
        .await?;
        Ok(())
    }

    async fn save_projection(&mut self, child: Uuid, p: &Projection) -> Result<()> {
        let sql = Sql::new(SAVE)
            .v(&child)
            .v(&p.name)
            .v(&p.sort_name)
            .v(&p.born)
            .v(&p.looked_after)
            .v(&p.leaver_category)
            .v(&p.legal_status)
            .v(&p.placement_type)
            .v(&p.location)
            .v(&p.in_care_since)
            .v(&p.key_worker)
            .v(&p.next_change)
            .v(&p.entries);
        if self.run(sql).await? == 0 {
            return Err(Error::Dangling { what: "child".to_owned() });
        }
        let sql = Sql::new(SAVE_FOLD).v(&child).v(&p.digest).v(&p.projection_version);
        self.run(sql.v(&p.timeline).v(&p.duties)).await?;
        Ok(())
    }

    async fn set_restricted(&mut self, child: Uuid, restricted: bool) -> Result<()> {
        self.run(Sql::new(RESTRICT).v(&child).v(&restricted)).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn set_team(&mut self, child: Uuid, team: Option<Uuid>) -> Result<()> {
        self.run(Sql::new(SET_TEAM).v(&child).v(&team)).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn children(
        &mut self,
        scope: &Scope,
        filter: &ChildFilter,
        page: Page,
    ) -> Result<Paged<ChildLine>> {
        self.list_children(scope, filter, page).await
    }

    async fn children_among(&mut self, scope: &Scope, ids: &[Uuid]) -> Result<Vec<ChildLine>> {
        self.list_among(scope, ids).await
    }

    async fn search(&mut self, scope: &Scope, search: &Search, limit: i64) -> Result<Vec<Found>> {
        self.find(scope, search, limit).await
    }

    async fn replace_terms(&mut self, child: Uuid, terms: &[Term]) -> Result<()> {
        let mut known = self.all(Sql::new(TERMS).v(&child), read_term).await?;
        let mut wanted = terms.to_vec();
        known.sort_unstable();
        wanted.sort_unstable();
        wanted.dedup();
        // Names change seldom; most appends leave the terms as they are.
        if known == wanted {
            return Ok(());
        }
        self.run(Sql::new(FORGET_TERMS).v(&child)).await?;
        self.insert(INSERT_TERM, &wanted, |term, t| _ = t.v(&child).v(&term.kind).v(&term.term)).await?;
        Ok(())
    }

    async fn insert_terms(&mut self, rows: &[(Uuid, Term)]) -> Result<()> {
        self.insert(INSERT_TERM, rows, |(child, term), t| _ = t.v(child).v(&term.kind).v(&term.term)).await?;
        Ok(())
    }

    async fn children_to_refresh(&mut self, today: civil::Date, limit: i64) -> Result<Vec<Uuid>> {
        self.all(Sql::new(TO_REFRESH).v(&today).v(&limit), first).await
    }

    async fn all_projections(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<ProjectionLine>> {
        let sql = match after {
            Some(after) => Sql::new(PROJECTIONS_AFTER).v(&limit).v(&after),
            None => Sql::new(PROJECTIONS).v(&limit),
        };
        self.all(sql, projection::read).await
    }

    async fn all_folds(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<FoldLine>> {
        let sql = match after {
            Some(after) => Sql::new(FOLDS_AFTER).v(&limit).v(&after),
            None => Sql::new(FOLDS).v(&limit),
        };
        self.all(sql, recomputing::read).await
    }

    async fn all_children(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
        let sql = match after {
            Some(after) => Sql::new(IDS_AFTER).v(&limit).v(&after),
            None => Sql::new(IDS).v(&limit),
        };
        self.all(sql, first).await
    }

    async fn count_children(&mut self) -> Result<i64> {
        self.value(Sql::new(COUNT)).await
    }
}
