//! The pathway board.

use async_trait::async_trait;
use uuid::Uuid;

use super::cell::Cells;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{
    Board, BoardCell, BoardFilter, BoardOrder, DutyLine, DutyRow, Page, Paged, Result, Scope, Standing,
};

/// Adds the expression that says how a duty stands.
fn standing(sql: &mut Sql, scope: &Scope, filter: &BoardFilter) {
    sql.text("CASE d.state WHEN 'open' THEN CASE WHEN d.due_on < ").bind(&scope.today);
    sql.text(" OR d.due_at < ").bind(&filter.now);
    sql.text(" THEN 'late' WHEN d.opens_on > ").bind(&scope.today);
    sql.text(" THEN 'upcoming' ELSE 'due' END");
    sql.text(" WHEN 'met' THEN CASE WHEN d.days_late > 0 THEN 'met_late' ELSE 'met' END ELSE d.state END");
}

/// Adds the conditions that a standing comes to, so that indexes are used.
fn standing_is(sql: &mut Sql, wanted: Standing, scope: &Scope, filter: &BoardFilter) {
    let late = |sql: &mut Sql, start: &'static str, end: &'static str| {
        sql.text(start).bind(&scope.today).text(" OR coalesce(d.due_at < ").bind(&filter.now).text(end);
    };
    match wanted {
        Standing::Late => {
            sql.text(" AND d.state = 'open' AND d.due_on <= ").bind(&scope.today);
            late(sql, " AND (d.due_on < ", ", FALSE))");
        }
        Standing::Due => {
            sql.text(" AND d.state = 'open' AND d.opens_on <= ").bind(&scope.today);
            late(sql, " AND NOT (d.due_on < ", ", FALSE))");
        }
        Standing::Upcoming => {
            sql.text(" AND d.state = 'open' AND d.opens_on > ").bind(&scope.today);
            late(sql, " AND NOT (d.due_on < ", ", FALSE))");
        }
        Standing::Met => _ = sql.text(" AND d.state = 'met' AND coalesce(d.days_late, 0) <= 0"),
        Standing::MetLate => _ = sql.text(" AND d.state = 'met' AND d.days_late > 0"),
        Standing::Excused => _ = sql.text(" AND d.state = 'excused'"),
        Standing::Ended => _ = sql.text(" AND d.state = 'ended'"),
    }
}

/// Open duties and closed ones are counted apart: asked for together, neither is found by its own stretch of the index
/// that holds all that a count reads (`duty_board`).
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Open,
    Closed,
}

impl Side {
    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Late | Standing::Due | Standing::Upcoming => Self::Open,
            Standing::Met | Standing::MetLate | Standing::Excused | Standing::Ended => Self::Closed,
        }
    }

    /// Whether the filter leaves anything on this side.
    fn asked(self, filter: &BoardFilter) -> bool {
        let only_open = filter.due_by.is_some() || filter.stuck == Some(true);
        (self == Self::Open || !only_open)
            && filter.standing.is_none_or(|wanted| Self::of(wanted) == self)
            && (filter.standings.is_empty() || filter.standings.iter().any(|s| Self::of(*s) == self))
    }

    /// Adds the conditions of this side; what they already say is taken out of the filter.
    fn narrow(self, sql: &mut Sql, scope: &Scope, filter: &BoardFilter) {
        let mut rest = filter.clone();
        rest.standings.retain(|s| Self::of(*s) == self);
        rest.closed_from = None;
        if Standing::ALL.into_iter().filter(|s| Self::of(*s) == self).all(|s| rest.standings.contains(&s)) {
            rest.standings.clear();
        }
        match self {
            Self::Open => _ = sql.text(" WHERE d.state = 'open'"),
            Self::Closed => {
                // Only the states that are asked for: each is a stretch of the index of its own.
                sql.text(" WHERE d.state IN (NULL");
                for (text, standings) in [
                    (", 'met'", &[Standing::Met, Standing::MetLate][..]),
                    (", 'excused'", &[Standing::Excused]),
                    (", 'ended'", &[Standing::Ended]),
                ] {
                    let wanted = |s: &Standing| {
                        filter.standing.is_none_or(|one| one == *s)
                            && (filter.standings.is_empty() || filter.standings.contains(s))
                    };
                    if standings.iter().any(wanted) {
                        sql.text(text);
                    }
                }
                sql.text(")");
                if let Some(day) = &filter.closed_from {
                    sql.text(" AND d.closed_on >= ").bind(day);
                }
            }
        }
        conditions(sql, scope, &rest);
    }
}

/// Adds every condition: ` AND …`.
fn conditions(sql: &mut Sql, scope: &Scope, filter: &BoardFilter) {
    for (text, wanted) in [
        (" AND d.rule = ", &filter.rule),
        (" AND d.strand = ", &filter.strand),
        (" AND d.owner_role = ", &filter.owner_role),
        (" AND d.stuck_step = ", &filter.stuck_step),
    ] {
        if let Some(wanted) = wanted {
            sql.text(text).bind(wanted);
        }
    }
    if let Some(person) = &filter.owner_person {
        sql.text(" AND d.owner_person = ").bind(person);
    }
    if let Some(team) = &filter.team {
        sql.text(" AND d.team = ").bind(team);
    }
    if filter.unowned {
        sql.text(" AND d.owner_person IS NULL");
    }
    if let Some(wanted) = filter.standing {
        standing_is(sql, wanted, scope, filter);
    }
    if !filter.rules.is_empty() {
        sql.text(" AND d.rule IN ").list(&filter.rules);
    }
    if !filter.without_rules.is_empty() {
        sql.text(" AND d.rule NOT IN ").list(&filter.without_rules);
    }
    if !filter.standings.is_empty() {
        sql.text(" AND (1 = 0");
        for wanted in &filter.standings {
            sql.text(" OR (1 = 1");
            standing_is(sql, *wanted, scope, filter);
            sql.text(")");
        }
        sql.text(")");
    }
    match filter.stuck {
        Some(true) => _ = sql.text(" AND d.state = 'open' AND d.stuck_step IS NOT NULL"),
        Some(false) => _ = sql.text(" AND (d.state <> 'open' OR d.stuck_step IS NULL)"),
        None => {}
    }
    if let Some(day) = &filter.due_by {
        sql.text(" AND d.state = 'open' AND d.due_on <= ").bind(day);
    }
    if let Some(day) = &filter.closed_from {
        sql.text(" AND (d.state = 'open' OR d.closed_on >= ").bind(day).text(")");
    }
    sql.in_scope(scope);
    sql.narrowed(&filter.children, scope.today);
}

#[async_trait]
impl Board for DbUnit {
    async fn board(&mut self, scope: &Scope, filter: &BoardFilter) -> Result<Vec<BoardCell>> {
        let mut cells = self.counts("", scope, filter, cell).await?;
        cells.sort_unstable_by(|a, b| in_order(a).cmp(&in_order(b)));
        Ok(cells)
    }

    async fn board_by_team(
        &mut self,
        scope: &Scope,
        filter: &BoardFilter,
    ) -> Result<Vec<(Option<Uuid>, BoardCell)>> {
        let mut cells =
            self.counts("c.team, ", scope, filter, |cells| Ok((cells.next()?, cell(cells)?))).await?;
        cells.sort_unstable_by(|(team, a), (other, b)| (team, in_order(a)).cmp(&(other, in_order(b))));
        Ok(cells)
    }

    async fn board_list(
        &mut self,
        scope: &Scope,
        filter: &BoardFilter,
        page: Page,
    ) -> Result<Paged<DutyLine>> {
        let order = match filter.order {
            BoardOrder::Urgent => {
                " ORDER BY (d.state <> 'open'), CASE d.state WHEN 'open' THEN d.due_on ELSE -d.closed_on END,
                d.child, d.rule, d.occurrence"
            }
            BoardOrder::DueLast => " ORDER BY d.due_on DESC, d.child, d.rule, d.occurrence",
            BoardOrder::Child => " ORDER BY c.sort_name, d.child, d.due_on, d.rule, d.occurrence",
            BoardOrder::Unowned => {
                " ORDER BY (d.owner_person IS NOT NULL), (d.state <> 'open'), d.due_on, d.child, d.rule, d.occurrence"
            }
            BoardOrder::Duty => " ORDER BY d.title, d.due_on, d.child, d.rule, d.occurrence",
        };
        self.lines(|sql| conditions(sql.text(" WHERE 1 = 1"), scope, filter), order, page).await
    }

    async fn stuck_duties(&mut self, page: Page) -> Result<Vec<DutyRow>> {
        self.stuck(page).await
    }
}

impl DbUnit {
    /// The counts of both sides, `by` something before the rule.
    async fn counts<T: Send>(
        &mut self,
        by: &'static str,
        scope: &Scope,
        filter: &BoardFilter,
        read: fn(&mut Cells<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let groups = if by.is_empty() { " GROUP BY 1, 2, 3" } else { " GROUP BY 1, 2, 3, 4" };
        let mut out = Vec::new();
        for side in [Side::Open, Side::Closed].into_iter().filter(|side| side.asked(filter)) {
            let mut sql = Sql::new("SELECT ");
            sql.text(by).text("d.rule, ");
            standing(&mut sql, scope, filter);
            sql.text(" AS standing, d.stuck_step, count(*) FROM duty d JOIN child c ON c.id = d.child");
            side.narrow(&mut sql, scope, filter);
            sql.text(groups);
            out.extend(self.all(sql, |row| read(&mut Cells::new(row))).await?);
        }
        Ok(out)
    }
}

/// The same order on both databases, which sort text and nothing differently.
fn in_order(cell: &BoardCell) -> (&str, Standing, Option<&str>) {
    (&cell.rule, cell.standing, cell.stuck_step.as_deref())
}

fn cell(cells: &mut Cells<'_>) -> Result<BoardCell> {
    Ok(BoardCell {
        rule: cells.next()?,
        standing: cells.next()?,
        stuck_step: cells.next()?,
        duties: cells.next()?,
    })
}
