//! The duties of one child.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use super::bulk::Into;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Duties, DutyChanges, DutyLine, DutyRow, Page, Paged, Result, Scope, Worklist};

table!(($) duty, DutyRow, "duty", child, rule, rule_version, occurrence, title, strand, state, opens_on, due_on, due_at,
    closed_on, days_late, owner_role, owner_person, team, rung, escalated_at, stuck_step);

/// How far a duty has climbed is not derived, so it stays, unless the day it is due has moved: then the ladder starts
/// again.
const UPSERT: Into = duty::INSERT.tail(
    " ON CONFLICT (child, rule, occurrence) DO UPDATE SET rule_version = excluded.rule_version, title = excluded.title,
    strand = excluded.strand, state = excluded.state, opens_on = excluded.opens_on, due_on = excluded.due_on,
    due_at = excluded.due_at, closed_on = excluded.closed_on, days_late = excluded.days_late,
    owner_role = excluded.owner_role, owner_person = excluded.owner_person, team = excluded.team,
    stuck_step = excluded.stuck_step,
    rung = CASE WHEN duty.due_on = excluded.due_on THEN duty.rung ELSE excluded.rung END,
    escalated_at = CASE WHEN duty.due_on = excluded.due_on THEN duty.escalated_at ELSE excluded.escalated_at END",
);

statements! {
    OF_CHILD = concat!("SELECT ", duty!(), " FROM duty WHERE child = $1 ORDER BY due_on, rule, occurrence");
    ONE = concat!("SELECT ", duty!(), " FROM duty WHERE child = $1 AND rule = $2 AND occurrence = $3");
    FORGET = "DELETE FROM duty WHERE child = $1 AND rule = $2 AND occurrence = $3";
    LATE = concat!("SELECT ", duty!(), " FROM duty WHERE state = 'open' AND due_on <= $1 AND (due_on < $1 OR due_at < $2)
        ORDER BY due_on, child, rule, occurrence LIMIT $3 OFFSET $4");
    ESCALATE = "UPDATE duty SET rung = $4, escalated_at = $5
        WHERE child = $1 AND rule = $2 AND occurrence = $3 AND state = 'open' AND rung < $4";
    AFTER = concat!("SELECT ", duty!(), " FROM duty WHERE child IN (SELECT id FROM child ORDER BY id LIMIT $1)
        ORDER BY child, rule, occurrence");
    AFTER_CHILD = concat!("SELECT ", duty!(), " FROM duty WHERE child IN (
        SELECT id FROM child WHERE id > $2 ORDER BY id LIMIT $1) ORDER BY child, rule, occurrence");
}

/// Whether what is derived is the same.
fn same(a: &DutyRow, b: &DutyRow) -> bool {
    let derived = |d: &DutyRow| DutyRow { rung: 0, escalated_at: None, ..d.clone() };
    derived(a) == derived(b)
}

#[async_trait]
impl Duties for DbUnit {
    async fn replace_duties(&mut self, child: Uuid, rows: &[DutyRow]) -> Result<DutyChanges> {
        let known = self.duties_of(child).await?;
        let mut known: HashMap<(&str, &str), &DutyRow> =
            known.iter().map(|d| ((d.rule.as_str(), d.occurrence.as_str()), d)).collect();
        let mut changes = DutyChanges::default();
        let mut write = Vec::new();
        for row in rows {
            match known.remove(&(row.rule.as_str(), row.occurrence.as_str())) {
                Some(old) if same(old, row) => continue,
                Some(_) => changes.updated += 1,
                None => changes.inserted += 1,
            }
            write.push(row);
        }
        for (rule, occurrence) in known.into_keys() {
            changes.deleted += 1;
            self.run(Sql::new(FORGET).v(&child).v(&rule.to_owned()).v(&occurrence.to_owned())).await?;
        }
        self.insert(UPSERT, &write, |row, t| duty::write(row, t)).await?;
        Ok(changes)
    }

    async fn insert_duties(&mut self, rows: &[DutyRow]) -> Result<()> {
        self.insert(duty::INSERT, rows, duty::write).await?;
        Ok(())
    }

    async fn duties_of(&mut self, child: Uuid) -> Result<Vec<DutyRow>> {
        self.all(Sql::new(OF_CHILD).v(&child), duty::read).await
    }

    async fn duty(&mut self, child: Uuid, rule: &str, occurrence: &str) -> Result<Option<DutyRow>> {
        self.one(Sql::new(ONE).v(&child).v(&rule.to_owned()).v(&occurrence.to_owned()), duty::read).await
    }

    async fn worklist(&mut self, scope: &Scope, whose: Worklist, page: Page) -> Result<Paged<DutyLine>> {
        self.list_work(scope, whose, page).await
    }

    async fn late_duties(&mut self, today: civil::Date, now: Timestamp, page: Page) -> Result<Vec<DutyRow>> {
        self.all(Sql::new(LATE).v(&today).v(&now).v(&page.limit).v(&page.offset), duty::read).await
    }

    async fn escalate(
        &mut self,
        child: Uuid,
        rule: &str,
        occurrence: &str,
        rung: i64,
        at: Timestamp,
    ) -> Result<bool> {
        let sql = Sql::new(ESCALATE).v(&child).v(&rule.to_owned()).v(&occurrence.to_owned()).v(&rung).v(&at);
        Ok(self.run(sql).await? > 0)
    }

    async fn duties_after(&mut self, child: Option<Uuid>, children: i64) -> Result<Vec<DutyRow>> {
        let sql = match child {
            Some(child) => Sql::new(AFTER_CHILD).v(&children).v(&child),
            None => Sql::new(AFTER).v(&children),
        };
        self.all(sql, duty::read).await
    }
}
