//! Lists of duties with the children they are owed to.

use super::cell::{Cells, Row};
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{DutyLine, DutyRow, Page, Paged, Result, Scope, Worklist};

table!(($) duty, DutyRow, "duty", child, rule, rule_version, occurrence, title, strand, state, opens_on, due_on, due_at,
    closed_on, days_late, owner_role, owner_person, team, rung, escalated_at, stuck_step);

/// The head of a list: the duty, its child, and how long the whole list is.
pub(super) const LINES: &str = concat!(
    "SELECT ",
    duty!("d."),
    ", c.name, c.reference, c.restricted, count(*) OVER () FROM duty d JOIN child c ON c.id = d.child"
);
/// The same, only counting.
pub(super) const COUNT: &str = "SELECT count(*) FROM duty d JOIN child c ON c.id = d.child";

fn read(row: &Row) -> Result<(DutyLine, i64)> {
    let mut cells = Cells::new(row);
    let line = DutyLine {
        duty: duty::next(&mut cells)?,
        child_name: cells.next()?,
        child_reference: cells.next()?,
        restricted: cells.next()?,
    };
    Ok((line, cells.next()?))
}

impl DbUnit {
    /// One page of lines and the length of the list; `body` writes everything after [`LINES`] but the page.
    pub(super) async fn lines(
        &mut self,
        body: impl Fn(&mut Sql) + Send,
        order: &'static str,
        page: Page,
    ) -> Result<Paged<DutyLine>> {
        let mut list = Sql::new(LINES);
        body(&mut list);
        list.text(order).page(page);
        let rows = self.all(list, read).await?;
        let total = match rows.first() {
            Some((_, total)) => *total,
            None if page.offset == 0 && page.limit > 0 => 0,
            // Beyond the end there is no row to carry the count.
            None => {
                let mut count = Sql::new(COUNT);
                body(&mut count);
                self.value(count).await?
            }
        };
        Ok(Paged { rows: rows.into_iter().map(|(line, _)| line).collect(), total })
    }

    pub(super) async fn stuck(&mut self, page: Page) -> Result<Vec<DutyRow>> {
        let mut sql = Sql::new(concat!(
            "SELECT ",
            duty!("d."),
            " FROM duty d WHERE d.state = 'open' AND d.stuck_step IS NOT NULL"
        ));
        sql.text(" ORDER BY d.child, d.rule, d.occurrence").page(page);
        self.all(sql, duty::read).await
    }

    pub(super) async fn list_work(
        &mut self,
        scope: &Scope,
        whose: Worklist,
        page: Page,
    ) -> Result<Paged<DutyLine>> {
        let body = |sql: &mut Sql| {
            // The state stands in the text, not as a value, so that the index of open duties is used.
            sql.text(" WHERE d.state = 'open'");
            match &whose {
                Worklist::Person(person) => sql.text(" AND d.owner_person = ").bind(person),
                Worklist::Team(team) => sql.text(" AND d.team = ").bind(team),
                Worklist::Unowned(team) => sql.text(" AND d.owner_person IS NULL AND d.team = ").bind(team),
            };
            sql.text(" AND d.opens_on <= ").bind(&scope.today);
            // Owning a duty is no right to the child: rights can end before the duty finds another owner.
            sql.in_scope(scope);
        };
        self.lines(body, " ORDER BY d.due_on, d.due_at, d.child, d.rule, d.occurrence", page).await
    }
}
