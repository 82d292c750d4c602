//! Drafts: what somebody is writing, kept on the server, encrypted and theirs alone, so that a time-out or a flat
//! battery loses nothing. Never part of the record, and gone once the entry is recorded.

use jiff::{SignedDuration, Timestamp};
use kinfold_access::Action;
use kinfold_record::ChildId;
use kinfold_store::DraftRow;
use serde_json::json;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// How long an untouched draft is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A draft as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Field names and values, in order.
    pub fields: Vec<(String, String)>,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// Its version: a save from another window must not overwrite a newer one.
    pub version: i64,
}

impl Casework {
    /// Keeps what somebody is writing. `version` is that of the draft they started from, 0 for a new one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to record for this child; [`Error::Conflict`] when the same person saved a
    /// newer draft in another window.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        child: ChildId,
        form: &str,
        fields: &[(String, String)],
        version: i64,
    ) -> Result<i64> {
        let mut unit = self.house.store.glance().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        drop(unit);
        if !looked.handle.may.may_record_something() {
            return self.refused(actor, child, Action::RecordNote).await;
        }
        let mut unit = self.house.store.write().await?;
        let person = actor.person().0;
        let plain = serde_json::to_vec(fields).map_err(|e| Error::Internal(e.to_string()))?;
        let row = DraftRow {
            person,
            child: child.0,
            form: form.to_owned(),
            body: self.house.keys.seal(&context(person, child, form), &plain)?,
            version,
            updated_at: self.now(),
        };
        let version = unit.save_draft(&row).await?;
        log(&mut *unit, vec![actor.line("save_draft", Some(child.0), true, &json!({"form": form}))]).await?;
        unit.commit().await?;
        Ok(version)
    }

    /// What somebody was writing, if anything.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn draft(&self, actor: &Actor, child: ChildId, form: &str) -> Result<Option<Draft>> {
        let person = actor.person().0;
        let mut unit = self.house.store.glance().await?;
        let Some(row) = unit.draft(person, child.0, form).await? else { return Ok(None) };
        if self.now().duration_since(row.updated_at) > KEPT {
            return Ok(None);
        }
        let plain = self.house.keys.open(&context(person, child, form), &row.body)?;
        let fields = serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Some(Draft { fields, saved_at: row.updated_at, version: row.version }))
    }

    /// Throws a draft away: it was recorded, or is not wanted.
    ///
    /// # Errors
    /// [`Error::Absent`] when this person may not open the child's page.
    pub async fn drop_draft(&self, actor: &Actor, child: ChildId, form: &str) -> Result<()> {
        let mut unit = self.house.store.glance().await?;
        self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        drop(unit);
        let mut unit = self.house.store.write().await?;
        unit.drop_draft(actor.person().0, child.0, form).await?;
        unit.commit().await?;
        Ok(())
    }
}

fn context(person: uuid::Uuid, child: ChildId, form: &str) -> String {
    format!("draft:{person}:{child}:{form}")
}
