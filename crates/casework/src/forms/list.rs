//! The forms of a child: those this person may start, those being filled in, and the documents.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_forms::{Answers, Sheet};
use kinfold_guidance::form::Form;
use kinfold_record::{ChildId, Timeline};
use kinfold_store::FormStanding;
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::{ChildHandle, Looked, redact};
use crate::error::Result;
use crate::house::{Book, Casework};

use super::desk::{may_see, roles, standing};
use super::document::DocumentLine;
use super::own::{is_anothers, reads_all};

/// The forms of a child, as one person may see them.
#[derive(Debug, Clone)]
pub struct FormsPage {
    /// The child, and what the person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// Forms that may be started.
    pub offered: Vec<Form>,
    /// Forms being filled in, newest first.
    pub open: Vec<OpenLine>,
    /// Documents, newest first.
    pub documents: Vec<DocumentLine>,
}

/// A form being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// This form.
    pub id: Uuid,
    /// What it is.
    pub title: String,
    /// When it was started.
    pub opened_at: Timestamp,
    /// By when it should be submitted.
    pub due_on: Option<Date>,
    /// Whether a section is with somebody outside, and whether one of those is late.
    pub outside: Option<bool>,
}

impl Casework {
    /// The forms that somebody with these roles may start for a child today.
    pub(super) fn offered<'b>(&self, book: &'b Book, looked: &Looked, roles: &[&str]) -> Vec<&'b Form> {
        let facts = self.facts(&looked.timeline);
        let empty = Answers::default();
        let theirs = |form: &&Form| form.about == looked.handle.subject && form.may_start(roles);
        let meant = |form: &&Form| Sheet::new(form, &empty, &facts, &book.guidance.codes).is_offered();
        book.guidance.forms.offered(facts.today).into_iter().filter(theirs).filter(meant).collect()
    }

    /// The forms of a child.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when there is no such child, or this person may not open it.
    pub async fn forms_page(&self, actor: &Actor, child: ChildId) -> Result<FormsPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let (book, today, now) = (self.book(), self.today(), self.now());
        let roles = roles(actor, &looked.handle);
        let fills = looked.handle.may.has(Action::FillForm);
        let mut offered: Vec<Form> = Vec::new();
        let mut open = Vec::new();
        if fills {
            offered = self.offered(&book, &looked, &roles).into_iter().cloned().collect();
            for row in unit.forms_of(child.0).await? {
                if row.state != FormStanding::Open || is_anothers(&row, &looked.timeline, actor) {
                    continue;
                }
                let form = self.form_as_it_was(&mut *unit, &row.form_id, &row.form_hash).await?;
                if !form.sections.iter().any(|s| may_see(s, &roles, &looked.handle, &form)) {
                    continue;
                }
                if row.replaces.is_some() && row.started_by != actor.person().0 {
                    let opened = self.open_form(&mut *unit, child, row.id).await?;
                    if !reads_all(&form, &opened.answers, &roles, &looked.handle) {
                        continue;
                    }
                }
                let fills = form.sections.iter().any(|s| s.may_fill(&roles));
                if fills
                    && self
                        .asked_of_another(
                            &mut *unit,
                            actor,
                            &looked.handle,
                            Some(&looked.timeline),
                            row.id,
                            &row.form_id,
                        )
                        .await?
                {
                    continue;
                }
                let out: Vec<_> = unit
                    .form_links(row.id)
                    .await?
                    .iter()
                    .filter_map(|l| standing(l, today, now))
                    .filter(|s| s.is_out())
                    .collect();
                let late = out.contains(&super::desk::LinkStanding::Late);
                open.push(OpenLine {
                    id: row.id,
                    title: form.title.to_string(),
                    opened_at: row.opened_at,
                    due_on: row.due_on,
                    outside: (!out.is_empty()).then_some(late),
                });
            }
        }
        let documents = self.document_lines(&mut *unit, actor, &looked.handle, &roles).await?;
        drop(unit);
        let mut timeline = looked.timeline;
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        let detail = json!({"page": "forms"});
        self.house.pen.write(vec![actor.line("view_child", Some(child.0), true, &detail)]).await?;
        Ok(FormsPage { handle: looked.handle, timeline, book, today, offered, open, documents })
    }
}
