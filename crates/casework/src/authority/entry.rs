//! Entries as they are kept: written by whom and when, in which place, and what. Read and added here for every room.

use std::collections::HashMap;

use jiff::Timestamp;
use kinfold_store::{AuthorityRow, Unit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::house::Casework;

/// An entry of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Written<E> {
    /// Its place among the entries of its subject.
    pub version: i64,
    /// The part of the subject it is about.
    pub item: Option<Uuid>,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it; `None`: the program itself.
    pub by: Option<Uuid>,
    /// What.
    pub event: E,
}

/// Who recorded something, when, and as which entry of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The entry.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who; `None`: the program itself.
    pub by: Option<Uuid>,
}

impl<E> Written<E> {
    /// Who, when and where.
    pub fn stamp(&self) -> Stamp {
        Stamp { version: self.version, at: self.at, by: self.by }
    }
}

/// Something kept in a room. Its JSON is an object whose `kind` says what happened, and is read for ever: kinds and
/// fields are added, never renamed or removed.
pub(crate) trait Body: Serialize + DeserializeOwned + Send + Sync {
    /// The room: "plan", "panel".
    const ROOM: &'static str;
}

fn read<E: Body>(row: &AuthorityRow) -> Result<Written<E>> {
    let event = serde_json::from_str(&row.body).map_err(|e| {
        Error::Internal(format!("entry {} of {} cannot be read: {e}", row.version, row.subject))
    })?;
    Ok(Written { version: row.version, item: row.item, at: row.recorded_at, by: row.recorded_by, event })
}

/// The entries of one subject, oldest first.
pub(crate) async fn entries<E: Body>(unit: &mut dyn Unit, subject: Uuid) -> Result<Vec<Written<E>>> {
    unit.authority_entries(E::ROOM, subject).await?.iter().map(read).collect()
}

/// Every subject of a room with its entries, the oldest subject first: their ids tell when they began.
pub(crate) async fn room<E: Body>(unit: &mut dyn Unit) -> Result<Vec<(Uuid, Vec<Written<E>>)>> {
    let mut out: Vec<(Uuid, Vec<Written<E>>)> = Vec::new();
    for row in unit.authority_room(E::ROOM).await? {
        let entry = read(&row)?;
        match out.last_mut().filter(|(subject, _)| *subject == row.subject) {
            Some((_, entries)) => entries.push(entry),
            None => out.push((row.subject, vec![entry])),
        }
    }
    Ok(out)
}

/// Names of people by id, for those who wrote or answer for something.
pub(crate) async fn names(unit: &mut dyn Unit, mut ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    ids.sort_unstable();
    ids.dedup();
    Ok(unit.persons(&ids).await?.into_iter().map(|person| (person.id, person.name)).collect())
}

impl Casework {
    /// Adds entries to a subject after its entry `last`, in the caller's transaction. Whoever calls has locked the log
    /// first ([`lock`]), so that nobody else adds one meanwhile.
    pub(crate) async fn add_entries<E: Body>(
        &self,
        unit: &mut dyn Unit,
        subject: Uuid,
        last: i64,
        by: Option<Uuid>,
        events: &[(Option<Uuid>, E)],
    ) -> Result<()> {
        let now = self.now();
        let mut rows = Vec::with_capacity(events.len());
        for (version, (item, event)) in (last + 1..).zip(events) {
            let value = serde_json::to_value(event).map_err(|e| Error::Internal(e.to_string()))?;
            let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
            rows.push(AuthorityRow {
                id: self.new_id(),
                room: E::ROOM.to_owned(),
                subject,
                version,
                item: *item,
                kind,
                body: value.to_string(),
                recorded_at: now,
                recorded_by: by,
            });
        }
        unit.add_authority(&rows).await?;
        Ok(())
    }
}

/// Makes whoever else writes wait, so that what is read from here on is what is written upon.
pub(crate) async fn lock(unit: &mut dyn Unit) -> Result<()> {
    unit.lock_audit().await?;
    Ok(())
}
