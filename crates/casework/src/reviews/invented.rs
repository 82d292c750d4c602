//! Everybody's part of the reviews that an invented council has called: its chronologies are brought in whole, and the forms
//! that were started for the parts stand beside them.

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_record::{ChildId, Event, PersonId};
use kinfold_store::{FormOpenRow, FormStanding, FormVersionRow};
use smol_str::{SmolStr, format_smolstr};
use uuid::Uuid;

use super::call::form_for;
use crate::bulk::NewChronology;
use crate::error::{Error, Result};
use crate::house::Casework;

/// A part that somebody was asked for.
#[derive(Debug, Clone)]
pub struct InventedPart {
    id: Uuid,
    child: ChildId,
    role: SmolStr,
    asked_by: PersonId,
    due: Option<Date>,
}

impl Casework {
    /// Gives a form to each part of a review that is called and that has neither come nor been given one. Answers the parts,
    /// for [`Casework::start_invented_parts`] once the chronologies are there.
    pub fn invented_parts(&self, batch: &mut [NewChronology]) -> Vec<InventedPart> {
        let (today, mut parts) = (self.today(), Vec::new());
        for new in batch {
            let (mut ahead, mut came) = (HashSet::new(), HashSet::new());
            for entry in &new.entries {
                match &entry.event {
                    Event::ReviewCalled { occasion, on, .. } if *on >= today => {
                        ahead.insert(occasion.clone());
                    }
                    Event::ReviewPartIn { part, .. } => {
                        came.insert(part.clone());
                    }
                    _ => {}
                }
            }
            for entry in &mut new.entries {
                let Some(asked_by) = entry.recorded_by else { continue };
                if let Event::ReviewInvited { occasion, part, role, form: form @ None, due, .. } =
                    &mut entry.event
                    && ahead.contains(occasion)
                    && !came.contains(part)
                {
                    let id = self.new_id();
                    *form = Some(format_smolstr!("{id}"));
                    parts.push(InventedPart { id, child: new.id, role: role.clone(), asked_by, due: *due });
                }
            }
        }
        parts
    }

    /// Starts the forms of these parts.
    ///
    /// # Errors
    /// [`Error::Absent`] in a council that is not invented.
    pub async fn start_invented_parts(&self, parts: &[InventedPart]) -> Result<()> {
        if !self.settings().demo {
            return Err(Error::Absent);
        }
        let (book, now) = (self.book(), self.now());
        let offered = book.guidance.forms.offered(self.today());
        let mut unit = self.house.store.write().await?;
        for part in parts {
            let Some(form) = offered.iter().find(|f| f.id == form_for(&part.role)) else { continue };
            let body = serde_json::to_string(form).map_err(|e| Error::Internal(e.to_string()))?;
            unit.keep_form_version(&FormVersionRow {
                form_id: form.id.to_string(),
                hash: form.hash.clone(),
                body,
                first_used_at: now,
            })
            .await?;
            unit.insert_form(&FormOpenRow {
                id: part.id,
                child: part.child.0,
                form_id: form.id.to_string(),
                form_hash: form.hash.clone(),
                state: FormStanding::Open,
                started_by: part.asked_by.0,
                opened_at: now,
                due_on: part.due,
                replaces: None,
                version: 0,
                updated_at: now,
            })
            .await?;
        }
        unit.commit().await?;
        Ok(())
    }
}
