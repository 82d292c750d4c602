//! Lists of children, and the search.

use uuid::Uuid;

use super::cell::Cells;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{ChildFilter, ChildLine, Found, Page, Paged, Result, Scope, Search};

table!(($) summary, ChildLine, "child", id, subject, reference, team, restricted, name, born, looked_after, leaver_category,
    legal_status, placement_type, location, in_care_since, key_worker);

/// More words or ways than anybody types; what is beyond them is left out.
const MOST: usize = 16;

impl DbUnit {
    pub(super) async fn list_children(
        &mut self,
        scope: &Scope,
        filter: &ChildFilter,
        page: Page,
    ) -> Result<Paged<ChildLine>> {
        let mut list = Sql::new(concat!("SELECT ", summary!("c."), " FROM child c WHERE 1 = 1"));
        list.in_scope(scope);
        list.narrowed(filter, scope.today);
        list.text(" ORDER BY c.sort_name, c.id").page(page);
        let rows = self.all(list, summary::read).await?;
        let here = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if page.offset == 0 && here < page.limit {
            return Ok(Paged { total: here, rows });
        }
        let mut count = Sql::new("SELECT count(*) FROM child c WHERE 1 = 1");
        count.in_scope(scope);
        count.narrowed(filter, scope.today);
        Ok(Paged { total: self.value(count).await?, rows })
    }

    pub(super) async fn list_among(&mut self, scope: &Scope, ids: &[Uuid]) -> Result<Vec<ChildLine>> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(1000) {
            let mut sql = Sql::new(concat!("SELECT ", summary!("c."), " FROM child c WHERE c.id IN "));
            sql.list(some);
            sql.in_scope(scope);
            found.extend(self.all(sql, summary::read).await?);
        }
        Ok(found)
    }

    /// Each way of each word gives (child, word, weight); the best way counts for its word, and the words add up.
    pub(super) async fn find(&mut self, scope: &Scope, search: &Search, limit: i64) -> Result<Vec<Found>> {
        let words: Vec<_> = search.words.iter().filter(|ways| !ways.is_empty()).take(MOST).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let needed = if search.at_least == 0 { words.len() } else { search.at_least.min(words.len()) };
        let mut sql = Sql::new(concat!(
            "SELECT ",
            summary!("c."),
            ", s.score FROM (SELECT child, CAST(sum(best) AS BIGINT) AS score FROM (
                SELECT child, word, max(weight) AS best FROM ("
        ));
        let mut begun = false;
        for (word, ways) in (0_i64..).zip(&words) {
            for probe in ways.iter().take(MOST) {
                sql.text(if begun { " UNION ALL " } else { "" });
                begun = true;
                sql.text("SELECT child, ").bind(&word).text(" AS word, ").bind(&probe.weight);
                sql.text(" AS weight FROM child_term WHERE kind = ").bind(&probe.kind);
                if probe.prefix {
                    // Terms sort by their bytes on both databases, and no character comes after this one.
                    let end = format!("{}\u{10FFFF}", probe.term);
                    sql.text(" AND term >= ").bind(&probe.term).text(" AND term < ").bind(&end);
                } else {
                    sql.text(" AND term = ").bind(&probe.term);
                }
            }
        }
        let needed = i64::try_from(needed).unwrap_or(i64::MAX);
        sql.text(") ways GROUP BY child, word) words GROUP BY child HAVING count(*) >= ").bind(&needed);
        sql.text(") s JOIN child c ON c.id = s.child WHERE 1 = 1");
        sql.in_scope(scope);
        sql.text(" ORDER BY s.score DESC, c.sort_name, c.id LIMIT ").bind(&limit);
        self.all(sql, |row| {
            let mut cells = Cells::new(row);
            Ok(Found { child: summary::next(&mut cells)?, score: cells.next()? })
        })
        .await
    }
}
