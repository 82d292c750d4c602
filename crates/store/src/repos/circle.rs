//! Circles, named readers, break-glass.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use super::cell::Cells;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{BreakGlassRow, Circle, CircleMemberRow, Page, Paged, RestrictedReaderRow, Result, Tie};

table!(($) member, CircleMemberRow, "circle_member", child, person, role, key_worker, from_on, to_on);
table!(($) reader, RestrictedReaderRow, "restricted_reader", child, person, from_on, to_on, granted_by);
table!(($) glass, BreakGlassRow, "break_glass", id, person, child, reason, from_at, until_at, reviewed_by, reviewed_at,
    outcome);

statements! {
    OF_CHILD = concat!("SELECT ", member!(), " FROM circle_member WHERE child = $1
        ORDER BY (NOT key_worker), role, from_on, person");
    OF_CHILD_ON = concat!("SELECT ", member!(), " FROM circle_member
        WHERE child = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY (NOT key_worker), role, from_on, person");
    PLACES = concat!("SELECT ", member!(), " FROM circle_member
        WHERE person = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY child, role, from_on");
    FORGET = "DELETE FROM circle_member WHERE child = $1";
    TIE = "SELECT c.restricted, c.team,
        EXISTS (SELECT 1 FROM restricted_reader r WHERE r.child = c.id AND r.person = $2
            AND r.from_on <= $3 AND (r.to_on IS NULL OR r.to_on > $3)),
        (SELECT max(g.until_at) FROM break_glass g WHERE g.child = c.id AND g.person = $2
            AND g.from_at <= $4 AND g.until_at > $4)
        FROM child c WHERE c.id = $1";
    TIE_CIRCLE = concat!("SELECT ", member!(), " FROM circle_member
        WHERE child = $1 AND person = $2 AND from_on <= $3 AND (to_on IS NULL OR to_on > $3) ORDER BY role, from_on");
    READERS = concat!("SELECT ", reader!(), " FROM restricted_reader WHERE child = $1
        ORDER BY (to_on IS NOT NULL), from_on DESC, person");
    END_READER = "UPDATE restricted_reader SET to_on = $3 WHERE child = $1 AND person = $2 AND (to_on IS NULL OR to_on > $3)";
    GLASS_OF = concat!("SELECT ", glass!(), " FROM break_glass WHERE person = $1 AND from_at <= $2 AND until_at > $2
        ORDER BY until_at, id");
    GLASSES = concat!("SELECT ", glass!(), " FROM break_glass ORDER BY from_at DESC, id DESC LIMIT $1 OFFSET $2");
    GLASSES_TO_REVIEW = concat!("SELECT ", glass!(), " FROM break_glass WHERE reviewed_at IS NULL
        ORDER BY from_at DESC, id DESC LIMIT $1 OFFSET $2");
    COUNT_GLASSES = "SELECT count(*) FROM break_glass";
    COUNT_GLASSES_TO_REVIEW = "SELECT count(*) FROM break_glass WHERE reviewed_at IS NULL";
    REVIEW = "UPDATE break_glass SET reviewed_by = $2, reviewed_at = $3, outcome = $4 WHERE id = $1 AND reviewed_at IS NULL";
    END_GLASS = "UPDATE break_glass SET until_at = $2 WHERE id = $1 AND until_at > $2";
}

#[async_trait]
impl Circle for DbUnit {
    async fn circle_of(&mut self, child: Uuid, on: Option<civil::Date>) -> Result<Vec<CircleMemberRow>> {
        let sql = match on {
            Some(on) => Sql::new(OF_CHILD_ON).v(&child).v(&on),
            None => Sql::new(OF_CHILD).v(&child),
        };
        self.all(sql, member::read).await
    }

    async fn places_of(&mut self, person: Uuid, on: civil::Date) -> Result<Vec<CircleMemberRow>> {
        self.all(Sql::new(PLACES).v(&person).v(&on), member::read).await
    }

    async fn replace_circle(&mut self, child: Uuid, rows: &[CircleMemberRow]) -> Result<bool> {
        let order = |m: &CircleMemberRow| (m.from_on, m.to_on, m.person, m.key_worker, m.role.clone());
        let mut known = self.all(Sql::new(OF_CHILD).v(&child), member::read).await?;
        let mut wanted = rows.to_vec();
        known.sort_by_key(order);
        wanted.sort_by_key(order);
        if known == wanted {
            return Ok(false);
        }
        self.run(Sql::new(FORGET).v(&child)).await?;
        self.insert(member::INSERT, &wanted, member::write).await?;
        self.rights_changed = true;
        Ok(true)
    }

    async fn insert_circle(&mut self, rows: &[CircleMemberRow]) -> Result<()> {
        self.insert(member::INSERT, rows, member::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn tie(
        &mut self,
        child: Uuid,
        person: Uuid,
        on: civil::Date,
        now: Timestamp,
    ) -> Result<Option<Tie>> {
        let found = self
            .one(Sql::new(TIE).v(&child).v(&person).v(&on).v(&now), |row| {
                let mut cells = Cells::new(row);
                Ok(Tie {
                    restricted: cells.next()?,
                    team: cells.next()?,
                    circle: Vec::new(),
                    reader: cells.next()?,
                    break_glass_until: cells.next()?,
                })
            })
            .await?;
        let Some(tie) = found else { return Ok(None) };
        let circle = self.all(Sql::new(TIE_CIRCLE).v(&child).v(&person).v(&on), member::read).await?;
        Ok(Some(Tie { circle, ..tie }))
    }

    async fn restricted_readers(&mut self, child: Uuid) -> Result<Vec<RestrictedReaderRow>> {
        self.all(Sql::new(READERS).v(&child), reader::read).await
    }

    async fn add_restricted_reader(&mut self, row: &RestrictedReaderRow) -> Result<()> {
        self.insert(reader::INSERT, std::slice::from_ref(row), reader::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn end_restricted_reader(&mut self, child: Uuid, person: Uuid, to_on: civil::Date) -> Result<bool> {
        self.rights_changed = true;
        Ok(self.run(Sql::new(END_READER).v(&child).v(&person).v(&to_on)).await? > 0)
    }

    async fn insert_break_glass(&mut self, row: &BreakGlassRow) -> Result<()> {
        self.insert(glass::INSERT, std::slice::from_ref(row), glass::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn break_glass_of(&mut self, person: Uuid, now: Timestamp) -> Result<Vec<BreakGlassRow>> {
        self.all(Sql::new(GLASS_OF).v(&person).v(&now), glass::read).await
    }

    async fn break_glasses(&mut self, unreviewed_only: bool, page: Page) -> Result<Paged<BreakGlassRow>> {
        let (list, count) = if unreviewed_only {
            (GLASSES_TO_REVIEW, COUNT_GLASSES_TO_REVIEW)
        } else {
            (GLASSES, COUNT_GLASSES)
        };
        let total = self.value(Sql::new(count)).await?;
        Ok(Paged { total, rows: self.all(Sql::new(list).v(&page.limit).v(&page.offset), glass::read).await? })
    }

    async fn review_break_glass(&mut self, id: Uuid, by: Uuid, at: Timestamp, outcome: &str) -> Result<bool> {
        Ok(self.run(Sql::new(REVIEW).v(&id).v(&by).v(&at).v(&outcome.to_owned())).await? > 0)
    }

    async fn end_break_glass(&mut self, id: Uuid, at: Timestamp) -> Result<bool> {
        self.rights_changed = true;
        Ok(self.run(Sql::new(END_GLASS).v(&id).v(&at)).await? > 0)
    }
}
