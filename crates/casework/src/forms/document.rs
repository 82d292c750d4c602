//! Reading what was submitted: each reader gets the sections that the form and the policies give them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_forms::Frozen;
use kinfold_record::{ChildId, PersonId, Timeline};
use kinfold_store::{FormDocumentRow, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};

use super::desk::roles;

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// This document.
    pub id: Uuid,
    /// What it is.
    pub title: String,
    /// Which version, from 1.
    pub number: i64,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// Whether a later version replaces it.
    pub replaced: bool,
}

/// A document to read.
#[derive(Debug, Clone)]
pub struct DocumentPage {
    /// The child, and what the person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// This document.
    pub id: Uuid,
    /// The form it was submitted from: names its files.
    pub form: Uuid,
    /// What was submitted, without the sections that this person may not read.
    pub frozen: Frozen,
    /// Which version, from 1.
    pub number: i64,
    /// Who submitted it.
    pub submitted_by: String,
    /// When.
    pub submitted_at: Timestamp,
    /// The version before it.
    pub replaces: Option<Uuid>,
    /// The version that replaces it.
    pub replaced_by: Option<Uuid>,
    /// Whether this person may correct it.
    pub may_correct: bool,
}

fn frozen(row: &FormDocumentRow) -> Result<Frozen> {
    serde_json::from_str(&row.body).map_err(|e| Error::Internal(format!("a document cannot be read: {e}")))
}

/// The ids of the sections of a document that somebody may read.
pub(crate) fn readable(
    form: &kinfold_guidance::form::Form,
    handle: &ChildHandle,
    roles: &[&str],
) -> Vec<String> {
    form.sections
        .iter()
        .filter(|s| s.may_read(roles) && handle.may.may_read(form.strand, s.sensitivity))
        .map(|s| s.id.to_string())
        .collect()
}

/// A document with its form, as one reader may read it.
pub(crate) struct ReadDocument {
    pub id: Uuid,
    pub form: Arc<kinfold_guidance::form::Form>,
    pub frozen: Frozen,
    pub submitted_at: Timestamp,
    pub replaces: Option<Uuid>,
    pub replaced: bool,
}

impl Casework {
    /// The documents of a child with the sections that this person may read; those of which they may read nothing are
    /// left out. The caller decides access to the child and writes the line in the log.
    pub(crate) async fn documents_to_read(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        handle: &ChildHandle,
    ) -> Result<Vec<ReadDocument>> {
        let rows = unit.form_documents(handle.id().0).await?;
        let roles = roles(actor, handle);
        let mut out = Vec::new();
        for row in &rows {
            let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
            let shown = readable(&form, handle, &roles);
            if shown.is_empty() || self.anothers(unit, actor, handle, row, &form, &roles).await? {
                continue;
            }
            out.push(ReadDocument {
                id: row.id,
                frozen: handle
                    .veil
                    .document(frozen(row)?.for_reader(|section| shown.iter().any(|id| section.id == *id)))?,
                form,
                submitted_at: row.submitted_at,
                replaces: row.replaces,
                replaced: rows.iter().any(|other| other.replaces == Some(row.id)),
            });
        }
        Ok(out)
    }

    /// Whether a document is the part of a review that was asked of somebody else in the same place: those who fill such a
    /// part read it because it is theirs, and another's is not.
    async fn anothers(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        handle: &ChildHandle,
        row: &kinfold_store::FormDocumentRow,
        form: &kinfold_guidance::form::Form,
        roles: &[&str],
    ) -> Result<bool> {
        let fills = form.sections.iter().any(|section| section.may_fill(roles));
        Ok(fills && self.asked_of_another(unit, actor, handle, None, row.form, &row.form_id).await?)
    }

    /// The documents of a child of which this person may read something, newest first.
    pub(super) async fn document_lines(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        handle: &ChildHandle,
        roles: &[&str],
    ) -> Result<Vec<DocumentLine>> {
        let rows = unit.form_documents(handle.id().0).await?;
        let mut out = Vec::new();
        for row in &rows {
            let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
            if readable(&form, handle, roles).is_empty()
                || self.anothers(unit, actor, handle, row, &form, roles).await?
            {
                continue;
            }
            out.push(DocumentLine {
                id: row.id,
                title: form.title.to_string(),
                number: row.number,
                submitted_at: row.submitted_at,
                replaced: rows.iter().any(|other| other.replaces == Some(row.id)),
            });
        }
        Ok(out)
    }

    /// A document, with the sections this person may read.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, or this person may read nothing of it.
    pub async fn form_document(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<DocumentPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let rows = unit.form_documents(child.0).await?;
        let row = rows.iter().find(|d| d.id == id).ok_or(Error::Absent)?;
        let form = self.form_as_it_was(&mut *unit, &row.form_id, &row.form_hash).await?;
        let roles = roles(actor, &looked.handle);
        let shown = readable(&form, &looked.handle, &roles);
        if shown.is_empty() || self.anothers(&mut *unit, actor, &looked.handle, row, &form, &roles).await? {
            drop(unit);
            return self.refused(actor, child, Action::ViewChild).await;
        }
        let frozen = frozen(row)?.for_reader(|section| shown.iter().any(|id| section.id == *id));
        let frozen = looked.handle.veil.document(frozen)?;
        let names = self.names(&mut *unit, &[row.submitted_by]).await?;
        drop(unit);
        let detail = json!({"form": row.form_id, "document": id});
        self.house.pen.write(vec![actor.line("view_document", Some(child.0), true, &detail)]).await?;
        let replaced_by = rows.iter().find(|d| d.replaces == Some(id)).map(|d| d.id);
        let may_correct = replaced_by.is_none()
            && looked.handle.may.has(Action::FillForm)
            && (form.may_start(&roles) && frozen.withheld == 0 || row.submitted_by == actor.person().0);
        let mut timeline = looked.timeline;
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        Ok(DocumentPage {
            handle: looked.handle,
            timeline,
            book: self.book(),
            today: self.today(),
            id,
            form: row.form,
            frozen,
            number: row.number,
            submitted_by: names
                .get(&PersonId(row.submitted_by))
                .cloned()
                .unwrap_or_else(|| "A colleague".to_owned()),
            submitted_at: row.submitted_at,
            replaces: row.replaces,
            replaced_by,
            may_correct,
        })
    }
}
