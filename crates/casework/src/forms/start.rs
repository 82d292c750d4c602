//! Starting a form, correcting a document by a new version of it, and throwing a form away.

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_forms::Answers;
use kinfold_guidance::form::Form;
use kinfold_record::{ChildId, PersonId};
use kinfold_store::{FormLinkRow, FormOpenRow, FormSectionRow, FormStanding, FormVersionRow, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

use super::desk::{context, roles};
use super::own::reads_all;

impl Casework {
    /// Starts a form, `key` makes a double submit give the
    /// form that was started first.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when the form is not one that this person may start for this child today.
    pub async fn start_form(
        &self,
        actor: &Actor,
        child: ChildId,
        form: &str,
        due_on: Option<Date>,
        key: &str,
    ) -> Result<Uuid> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer cannot be read".into()));
        }
        let book = self.book();
        let roles = roles(actor, &looked.handle);
        let found = self.offered(&book, &looked, &roles).into_iter().find(|f| f.id == form);
        let Some(form) = found else {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        };
        let id = self.begin_form(&mut *unit, actor, &looked, form, &Answers::default(), due_on, None).await?;
        unit.keep_answer(key, actor.person().0, self.now(), &id.to_string()).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Starts a correction of a document: a new version with its answers, in the version of the form they were given to.
    /// The document stays as it is, and stays readable.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, and for whoever may not read all of the document and did not submit it;
    /// [`Error::Forbidden`] when it has been corrected, or a correction is being written.
    pub async fn correct_document(&self, actor: &Actor, child: ChildId, document: Uuid) -> Result<Uuid> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        let found =
            unit.form_document(document).await?.filter(|d| d.child == child.0).ok_or(Error::Absent)?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, found.form).await?;
        let roles = roles(actor, &looked.handle);
        let theirs = found.submitted_by == actor.person().0 || opened.row.started_by == actor.person().0;
        let reads = || reads_all(&opened.form, &opened.answers, &roles, &looked.handle);
        if !(theirs || opened.form.may_start(&roles) && reads()) {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        }
        let others = unit.forms_of(child.0).await?;
        if let Some(other) =
            others.iter().find(|f| f.replaces == Some(document) && f.state != FormStanding::Discarded)
        {
            if other.state == FormStanding::Open {
                return Ok(other.id);
            }
            return Err(Error::Forbidden(
                "This version has been corrected already. Open the newest version and correct that."
                    .to_owned(),
            ));
        }
        let form = std::sync::Arc::clone(&opened.form);
        let id =
            self.begin_form(&mut *unit, actor, &looked, &form, &opened.answers, None, Some(document)).await?;
        unit.commit().await?;
        Ok(id)
    }

    #[expect(clippy::too_many_arguments, reason = "what a new form is made of")]
    pub(crate) async fn begin_form(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        form: &Form,
        answers: &Answers,
        due_on: Option<Date>,
        replaces: Option<Uuid>,
    ) -> Result<Uuid> {
        let whose = actor.person();
        self.begin_form_for(unit, actor, whose, looked, form, answers, due_on, replaces).await
    }

    /// As [`Casework::begin_form`], for somebody else to fill in as if they had begun it.
    #[expect(clippy::too_many_arguments, reason = "what a new form is made of")]
    pub(crate) async fn begin_form_for(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        whose: PersonId,
        looked: &Looked,
        form: &Form,
        answers: &Answers,
        due_on: Option<Date>,
        replaces: Option<Uuid>,
    ) -> Result<Uuid> {
        let (now, id) = (self.now(), self.new_id());
        let child = looked.handle.id();
        let body = serde_json::to_string(form).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_form_version(&FormVersionRow {
            form_id: form.id.to_string(),
            hash: form.hash.clone(),
            body,
            first_used_at: now,
        })
        .await?;
        unit.insert_form(&FormOpenRow {
            id,
            child: child.0,
            form_id: form.id.to_string(),
            form_hash: form.hash.clone(),
            state: FormStanding::Open,
            started_by: whose.0,
            opened_at: now,
            due_on,
            replaces,
            version: 0,
            updated_at: now,
        })
        .await?;
        for section in &form.sections {
            let part = answers.part(section);
            if part == Answers::default() {
                continue;
            }
            let plain = serde_json::to_vec(&part).map_err(|e| Error::Internal(e.to_string()))?;
            unit.save_form_section(&FormSectionRow {
                form: id,
                section: section.id.to_string(),
                answers: self.house.keys.seal(&context(id, &section.id), &plain)?,
                updated_by: Some(whose.0),
                updated_at: now,
                version: 0,
            })
            .await?;
        }
        let detail = json!({"form": form.id, "version": form.version, "correction": replaces.is_some()});
        log(unit, vec![actor.line("start_form", Some(child.0), true, &detail)]).await?;
        Ok(id)
    }

    /// Throws a form away before it is submitted: its answers and files are gone, and its links open nothing any more.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person may start such a form or started this one; [`Error::Conflict`] when it is no
    /// longer open.
    pub async fn discard_form(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let roles = roles(actor, &looked.handle);
        if !opened.form.may_start(&roles) && opened.row.started_by != actor.person().0 {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        }
        let now = self.now();
        match unit.close_form(id, opened.row.version, FormStanding::Discarded, now).await {
            Ok(_) => {}
            Err(kinfold_store::Error::Conflict { current, .. }) => return Err(Error::Conflict { current }),
            Err(error) => return Err(error.into()),
        }
        for link in opened.links.iter().filter(|l| l.used_at.is_none() && l.revoked_at.is_none()) {
            unit.update_form_link(&FormLinkRow { revoked_at: Some(now), ..link.clone() }).await?;
        }
        unit.forget_form_answers(id).await?;
        let detail = json!({"form": opened.form.id});
        log(&mut *unit, vec![actor.line("discard_form", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}
