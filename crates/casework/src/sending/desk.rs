//! What was made for people outside about one child, and what became of it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, PersonId, Timeline};
use kinfold_store::SentCopyRow;
use serde_json::json;
use uuid::Uuid;

use super::body::SentBody;
use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::error::{Error, Result};
use crate::forms::Invited;
use crate::house::{Book, Casework};

/// Where a copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyStanding {
    /// It waits for a second person to release it.
    Waiting,
    /// A second person refused to release it.
    Refused,
    /// The link is out.
    Out,
    /// Its last day has passed.
    Ended,
    /// The link was taken back.
    TakenBack,
}

/// One copy, without what it says.
#[derive(Debug, Clone)]
pub struct CopyLine {
    /// The copy.
    pub id: Uuid,
    /// Its heading.
    pub title: String,
    /// For whom.
    pub name: String,
    /// Where it stands.
    pub standing: CopyStanding,
    /// When it was made.
    pub prepared_at: Timestamp,
    /// By whom.
    pub prepared_by: Option<String>,
    /// The last day on which it can be read.
    pub ends_on: Date,
    /// How often it was read.
    pub looks: i64,
    /// When last.
    pub looked_at: Option<Timestamp>,
}

/// Everything that was made for people outside about a child.
#[derive(Debug, Clone)]
pub struct SendingPage {
    /// The child, and what this person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// Newest first.
    pub lines: Vec<CopyLine>,
}

/// One copy, as those who send and release read it.
#[derive(Debug, Clone)]
pub struct CopyView {
    /// What every page of these holds; its lines are this one alone.
    pub page: SendingPage,
    /// The copy.
    pub line: CopyLine,
    /// The address it goes to.
    pub email: String,
    /// What the reader gets, and what was taken out.
    pub body: SentBody,
    /// Why it was refused, and by whom.
    pub refusal: Option<(String, Option<String>)>,
    /// Who released it, and when.
    pub released: Option<(Option<String>, Timestamp)>,
    /// Whether this person may release it: somebody else than who made it, with the right.
    pub may_release: bool,
}

/// Where a copy stands at an instant.
pub(super) fn standing(row: &SentCopyRow, now: Timestamp) -> CopyStanding {
    match row {
        row if row.revoked_at.is_some() => CopyStanding::TakenBack,
        row if row.refused_at.is_some() => CopyStanding::Refused,
        row if now >= row.expires_at => CopyStanding::Ended,
        row if row.sent_at.is_none() => CopyStanding::Waiting,
        _ => CopyStanding::Out,
    }
}

/// What a part of a copy is bound to when it is encrypted.
pub(super) fn context(copy: Uuid, part: &str) -> String {
    format!("sent_copy:{copy}:{part}")
}

/// Whether somebody had a hand in making a copy, so that another has to release it.
pub(super) fn made(row: &SentCopyRow, body: &SentBody, person: PersonId) -> bool {
    row.prepared_by == person.0 || body.made_ready_by == Some(person.0)
}

impl Casework {
    pub(super) fn body_of(&self, row: &SentCopyRow) -> Result<SentBody> {
        let plain = self.house.keys.open(&context(row.id, "body"), &row.body)?;
        serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))
    }

    pub(super) fn reader_of(&self, row: &SentCopyRow) -> Result<Invited> {
        let plain = self.house.keys.open(&context(row.id, "recipient"), &row.recipient)?;
        serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))
    }

    fn copy_line(&self, row: &SentCopyRow, names: &HashMap<PersonId, String>) -> Result<CopyLine> {
        Ok(CopyLine {
            id: row.id,
            title: self.body_of(row)?.title,
            name: self.reader_of(row)?.name,
            standing: standing(row, self.now()),
            prepared_at: row.prepared_at,
            prepared_by: names.get(&PersonId(row.prepared_by)).cloned(),
            ends_on: row.ends_on,
            looks: row.looks,
            looked_at: row.looked_at,
        })
    }

    /// Whether somebody who may send for this child may also see a copy of this kind.
    fn may_see_copy(handle: &ChildHandle, row: &SentCopyRow) -> bool {
        match row.kind.as_str() {
            "health_summary" => handle.may.has(Action::ViewHealth),
            _ => handle.may.has(Action::RecordCare),
        }
    }

    /// Everything made for people outside about a child, with where it stands and how often it was read.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child, or this person may not ask people outside.
    pub async fn sent_copies(&self, actor: &Actor, child: ChildId) -> Result<SendingPage> {
        let (page, ..) = self.sending_page(actor, child, None).await?;
        Ok(page)
    }

    async fn sending_page(
        &self,
        actor: &Actor,
        child: ChildId,
        only: Option<Uuid>,
    ) -> Result<(SendingPage, Vec<SentCopyRow>, HashMap<PersonId, String>)> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::AskOutside).await?;
        let mut rows = unit.sent_copies(child.0).await?;
        rows.retain(|row| Self::may_see_copy(&looked.handle, row) && only.is_none_or(|id| id == row.id));
        let people: Vec<Uuid> =
            rows.iter().flat_map(|r| [Some(r.prepared_by), r.released_by, r.refused_by]).flatten().collect();
        let names = self.names(&mut *unit, &people).await?;
        drop(unit);
        let lines = rows.iter().map(|row| self.copy_line(row, &names)).collect::<Result<_>>()?;
        let mut timeline = looked.timeline;
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        let detail = json!({"page": "sending", "copy": only});
        self.house.pen.write(vec![actor.line("view_child", Some(child.0), true, &detail)]).await?;
        let page =
            SendingPage { handle: looked.handle, timeline, book: self.book(), today: self.today(), lines };
        Ok((page, rows, names))
    }

    /// One copy: what the reader gets, what was taken out and why, and what became of it.
    ///
    /// # Errors
    /// As [`Casework::sent_copies`]; [`Error::Absent`] when there is no such copy.
    pub async fn sent_copy(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<CopyView> {
        let (page, rows, names) = self.sending_page(actor, child, Some(id)).await?;
        let row = rows.first().ok_or(Error::Absent)?;
        let line = page.lines.first().cloned().ok_or(Error::Absent)?;
        let body = self.body_of(row)?;
        let name = |id: Option<Uuid>| id.and_then(|id| names.get(&PersonId(id)).cloned());
        let refusal = match &row.refusal {
            Some(sealed) => {
                let plain = self.house.keys.open(&context(row.id, "refusal"), sealed)?;
                Some((String::from_utf8_lossy(&plain).into_owned(), name(row.refused_by)))
            }
            None => None,
        };
        Ok(CopyView {
            email: self.reader_of(row)?.email,
            refusal,
            released: row.released_at.map(|at| (name(row.released_by), at)),
            may_release: page.handle.may.has(Action::ReleaseSensitive)
                && line.standing == CopyStanding::Waiting
                && !made(row, &body, actor.person()),
            line,
            body,
            page,
        })
    }
}
