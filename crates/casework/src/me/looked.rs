//! Who looked at a record, for the child it is about: who, what part, why and when. The page finds plain words for the codes.

use jiff::Timestamp;
use kinfold_record::ChildId;
use kinfold_store::{AuditFilter, Page};
use serde_json::Value;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// Lines on one page.
pub const LINES: i64 = 40;

/// One time somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLookLine {
    /// Its place in the log, from 1: what a question names.
    pub place: i64,
    /// When.
    pub at: Timestamp,
    /// Who: two people may have one name.
    pub person: Option<Uuid>,
    /// Who, by name.
    pub who: Option<String>,
    /// In what role for the child: a code of `circle_role`, when they have one today.
    pub role: Option<String>,
    /// What was done, as the log calls it.
    pub action: String,
    /// Which page, as the log calls it.
    pub page: String,
    /// For what: a code of the purposes.
    pub purpose: String,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct OwnLooks {
    /// Newest first; empty when it is not shown yet.
    pub lines: Vec<OwnLookLine>,
    /// Whether there are older ones.
    pub more: bool,
    /// Whether this is shown.
    pub shown: bool,
}

impl Casework {
    /// Who looked at one's record, newest first, without oneself. `page` counts from 0.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for somebody without a space.
    pub async fn own_looks(&self, actor: &Actor, page: i64) -> Result<OwnLooks> {
        let space = self.own_space(actor).await?;
        let child = space.child();
        self.read_own(actor, child, "looked").await?;
        if !space.shows("looked") {
            return Ok(OwnLooks { lines: Vec::new(), more: false, shown: false });
        }
        let (lines, more) = self.looks(actor, child, page).await?;
        let role = |person: Uuid| {
            let mut held = space.looked.timeline.circle_on(space.today);
            held.find(|m| m.person.is_some_and(|p| p.0 == person)).map(|m| m.role.to_string())
        };
        let lines =
            lines.into_iter().map(|line| OwnLookLine { role: line.person.and_then(role), ..line }).collect();
        Ok(OwnLooks { lines, more, shown: true })
    }

    async fn looks(&self, actor: &Actor, child: ChildId, page: i64) -> Result<(Vec<OwnLookLine>, bool)> {
        let filter = AuditFilter { child: Some(child.0), allowed: Some(true), ..AuditFilter::default() };
        let mut unit = self.house.store.read().await?;
        // One's own reading stands in the log too and is left out here, so that more are read than are shown.
        let at = Page { limit: LINES * 3, offset: page.max(0) * LINES * 3 };
        let found = unit.audit(&filter, at).await?;
        let more = found.total > at.offset + at.limit;
        let people: Vec<Uuid> = found.rows.iter().filter_map(|r| r.line.person).collect();
        let names = self.names(&mut *unit, &people).await?;
        drop(unit);
        let lines = found
            .rows
            .into_iter()
            .filter(|row| row.line.person.is_some_and(|p| p != actor.person().0))
            .map(|row| {
                let detail: Value = serde_json::from_str(&row.line.detail).unwrap_or(Value::Null);
                let person = row.line.person;
                OwnLookLine {
                    place: row.seq + 1,
                    at: row.line.at,
                    person,
                    who: person.and_then(|p| names.get(&kinfold_record::PersonId(p)).cloned()),
                    role: None,
                    action: row.line.action,
                    page: detail["page"].as_str().unwrap_or("").to_owned(),
                    purpose: row.line.purpose,
                }
            })
            .collect();
        Ok((lines, more))
    }
}
