//! Notices: what somebody has been told in the product, and the message that says there is something to read.

use std::collections::HashSet;

use jiff::Timestamp;
use kinfold_record::Subject;
use kinfold_store::{NoticeRow, OutboxRow, Page, Paged, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// The kind of outbox work that is a message saying there is something to read.
pub(crate) const MAIL: &str = "mail";

/// A notice as its reader may see it today.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// This notice.
    pub id: Uuid,
    /// What it says; `None` when it is about a record that this person can no longer open.
    pub text: Option<String>,
    /// The page it leads to.
    pub link: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it has been read.
    pub read: bool,
}

impl Casework {
    /// The notices of the person who asks, newest first, and how many are unread.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn notices(
        &self,
        actor: &Actor,
        unread_only: bool,
        page: Page,
    ) -> Result<(Paged<Notice>, i64)> {
        let me = actor.person().0;
        let mut unit = self.house.store.read().await?;
        let found = unit.notices_of(me, unread_only, page).await?;
        let unread = unit.unread_notices(me).await?;
        let mut about: Vec<Uuid> = found.rows.iter().filter_map(|n| n.child).collect();
        about.sort_unstable();
        about.dedup();
        // Rights may have changed since a notice was made: what it was about is shown only to those who may know.
        let mut known: HashSet<Uuid> = HashSet::new();
        for subject in [Subject::Child, Subject::Carer, Subject::Home] {
            let scope = self.scope(actor, subject);
            known.extend(unit.children_among(&scope, &about).await?.into_iter().map(|child| child.id));
        }
        let closed = self.closed_to(&mut *unit, actor).await?;
        known.retain(|child| !closed.contains(child));
        drop(unit);
        let rows = found.rows.into_iter().map(|row| shown(row, &known)).collect();
        let detail = json!({"page": "notices", "rows": about.len()});
        self.house.pen.write(vec![actor.line("view_notices", None, true, &detail)]).await?;
        Ok((Paged { rows, total: found.total }, unread))
    }

    /// Marks one of one's notices as read, or all of them; answers how many changed.
    ///
    /// # Errors
    /// [`Error::Absent`] when the notice is not this person's or has been read already.
    pub async fn read_notices(&self, actor: &Actor, id: Option<Uuid>) -> Result<u64> {
        let mut unit = self.house.store.write().await?;
        let changed = unit.read_notices(actor.person().0, id, self.now()).await?;
        if changed == 0 && id.is_some() {
            return Err(Error::Absent);
        }
        log(&mut *unit, vec![actor.line("read_notices", None, true, &json!({"count": changed}))]).await?;
        unit.commit().await?;
        Ok(changed)
    }

    /// Puts notices in place and queues one message for each person among them who is not in `told`, in the caller's
    /// transaction. The message says only that there is something to read.
    pub(crate) async fn give_notices(
        &self,
        unit: &mut dyn Unit,
        notices: &[NoticeRow],
        told: &mut HashSet<Uuid>,
    ) -> Result<()> {
        unit.insert_notices(notices).await?;
        let work: Vec<OutboxRow> = notices
            .iter()
            .filter(|notice| told.insert(notice.person))
            .map(|notice| OutboxRow {
                id: self.new_id(),
                kind: MAIL.to_owned(),
                payload: json!({"person": notice.person}).to_string(),
                due_at: notice.created_at,
                attempts: 0,
                claimed_at: None,
                done_at: None,
                last_error: None,
            })
            .collect();
        unit.enqueue(&work).await?;
        Ok(())
    }
}

fn shown(row: NoticeRow, known: &HashSet<Uuid>) -> Notice {
    let may = row.child.is_none_or(|child| known.contains(&child));
    Notice {
        id: row.id,
        text: Some(row.text).filter(|_| may),
        link: row.link.filter(|_| may),
        created_at: row.created_at,
        read: row.read_at.is_some(),
    }
}
