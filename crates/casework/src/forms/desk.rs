//! A form being filled in, as one person may see it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_forms::{Answers, Facts, Handed, Sheet};
use kinfold_guidance::form::{Form, Section};
use kinfold_record::{ChildId, PersonId, Timeline};
use kinfold_store::{FormLinkRow, FormOpenRow, FormSectionRow, FormStanding, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::{ChildHandle, Looked, redact};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};

use super::links::Invited;
use super::own::{is_anothers, reads_all};

/// A form that was started, as it stands in the store, opened.
pub(crate) struct Opened {
    pub row: FormOpenRow,
    pub form: Arc<Form>,
    /// Of every section together.
    pub answers: Answers,
    pub sections: Vec<FormSectionRow>,
    pub links: Vec<FormLinkRow>,
}

/// A form as one person may see it.
#[derive(Debug, Clone)]
pub struct FormDesk {
    /// The child, and what the person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// This form.
    pub id: Uuid,
    /// The form it is, in the version it was started with.
    pub form: Arc<Form>,
    /// Whether it can still be changed.
    pub open: bool,
    /// Its version: what is submitted is what was checked.
    pub version: i64,
    /// The day it should be submitted by.
    pub due_on: Option<Date>,
    /// When it was started.
    pub opened_at: Timestamp,
    /// By whom.
    pub started_by: String,
    /// The document it corrects.
    pub replaces: Option<Uuid>,
    /// Its sections, in order, those this person may see.
    pub sections: Vec<SectionDesk>,
    /// The answers of every section: what is asked in one may depend on another. Only those of [`Self::sections`] are this
    /// person's to see.
    pub answers: Answers,
    /// What is known about the child beside the answers, for what depends on it. Never drawn.
    pub facts: Facts,
    /// What is suggested as answers: what this person may read of the record.
    pub suggestions: Facts,
    /// Whether this person may submit it.
    pub may_submit: bool,
    /// Whether this person may ask somebody outside.
    pub may_ask: bool,
}

impl FormDesk {
    /// The form with all its answers.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet::new(&self.form, &self.answers, &self.facts, &self.book.guidance.codes)
    }

    /// A section as this person may see it.
    pub fn section(&self, id: &str) -> Option<&SectionDesk> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// The sections that are with somebody outside now.
    pub fn handed(&self) -> Vec<Handed> {
        let out = |s: &SectionDesk| {
            let link = s.link.as_ref().filter(|l| l.standing.is_out())?;
            Some(Handed { section: s.id.as_str().into(), to: link.name.clone(), due: link.due_on })
        };
        self.sections.iter().filter_map(out).collect()
    }
}

/// A section as one person may see it.
#[derive(Debug, Clone)]
pub struct SectionDesk {
    /// Which.
    pub id: String,
    /// Whether this person fills it in.
    pub may_fill: bool,
    /// Its version.
    pub version: i64,
    /// Who saved it last, and when.
    pub saved: Option<(String, Timestamp)>,
    /// The link by which somebody outside was asked last, unless it was taken back.
    pub link: Option<LinkLine>,
}

/// A link to somebody outside, as colleagues see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLine {
    /// This link.
    pub id: Uuid,
    /// Who was asked.
    pub name: String,
    /// At which address.
    pub email: String,
    /// By when.
    pub due_on: Date,
    /// When they were asked.
    pub made_at: Timestamp,
    /// Where it stands.
    pub standing: LinkStanding,
    /// When they were last reminded.
    pub chased_at: Option<Timestamp>,
}

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStanding {
    /// Sent, not opened yet.
    Sent,
    /// Opened.
    Opened,
    /// The day has passed.
    Late,
    /// So long past its day that it opens nothing any more.
    Expired,
    /// The section came back.
    Back,
}

impl LinkStanding {
    /// Whether the section is with somebody outside now.
    pub fn is_out(self) -> bool {
        matches!(self, Self::Sent | Self::Opened | Self::Late)
    }
}

/// Where a link stands at an instant.
pub(super) fn standing(link: &FormLinkRow, today: Date, now: Timestamp) -> Option<LinkStanding> {
    if link.used_at.is_some() {
        return Some(LinkStanding::Back);
    }
    if link.revoked_at.is_some() {
        return None;
    }
    Some(match link {
        link if now >= link.expires_at => LinkStanding::Expired,
        link if link.due_on < today => LinkStanding::Late,
        link if link.opened_at.is_some() => LinkStanding::Opened,
        _ => LinkStanding::Sent,
    })
}

/// The codes of the roles and places by which a form knows somebody.
pub(crate) fn roles(actor: &Actor, handle: &ChildHandle) -> Vec<&'static str> {
    let places: Vec<&'static str> = handle.relations.circle.iter().map(Code::as_str).collect();
    // "circle" is everybody who has a place in it.
    let circle = (!places.is_empty()).then_some("circle");
    actor.roles().map(Code::as_str).chain(places).chain(circle).collect()
}

/// What a section's answers are bound to when they are encrypted.
pub(super) fn context(form: Uuid, section: &str) -> String {
    format!("form:{form}:{section}")
}

/// Whether somebody with these roles may see a section of an open form.
pub(crate) fn may_see(section: &Section, roles: &[&str], handle: &ChildHandle, form: &Form) -> bool {
    section.may_fill(roles)
        || (section.may_read(roles) && handle.may.may_read(form.strand, section.sensitivity))
}

impl Casework {
    /// The form as it was when it was started: what the guidance holds, or what was kept of it.
    pub(crate) async fn form_as_it_was(
        &self,
        unit: &mut dyn Unit,
        id: &str,
        hash: &str,
    ) -> Result<Arc<Form>> {
        if let Some(form) = self.book().guidance.forms.list.iter().find(|f| f.id == id && f.hash == hash) {
            return Ok(Arc::new(form.clone()));
        }
        let kept = unit.form_version(id, hash).await?.ok_or(Error::Absent)?;
        let form = serde_json::from_str(&kept.body)
            .map_err(|e| Error::Internal(format!("a form that was kept cannot be read: {e}")))?;
        Ok(Arc::new(form))
    }

    /// A form of this child with all its answers. The caller has decided access to the child.
    pub(super) async fn open_form(&self, unit: &mut dyn Unit, child: ChildId, id: Uuid) -> Result<Opened> {
        let row = unit.form(id).await?.filter(|row| row.child == child.0).ok_or(Error::Absent)?;
        let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
        let sections = unit.form_sections(id).await?;
        let mut parts: Vec<Answers> = Vec::new();
        for section in &sections {
            let plain = self.house.keys.open(&context(id, &section.section), &section.answers)?;
            parts.push(serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))?);
        }
        let answers = Answers::join(parts);
        let links = unit.form_links(id).await?;
        Ok(Opened { row, form, answers, sections, links })
    }

    /// As [`Casework::open_form`], for somebody who asks for it: the part of a review that was asked of somebody else is
    /// not theirs because they hold the same place, and what a child answers about themselves is the child's alone.
    pub(super) async fn open_form_of(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        id: Uuid,
    ) -> Result<Opened> {
        let opened = self.open_form(unit, looked.handle.id(), id).await?;
        if is_anothers(&opened.row, &looked.timeline, actor) {
            return Err(Error::Absent);
        }
        let roles = roles(actor, &looked.handle);
        let corrects = opened.row.replaces.is_some() && opened.row.started_by != actor.person().0;
        if corrects && !reads_all(&opened.form, &opened.answers, &roles, &looked.handle) {
            return Err(Error::Absent);
        }
        let fills = opened.form.sections.iter().any(|section| section.may_fill(&roles));
        if fills
            && self
                .asked_of_another(
                    unit,
                    actor,
                    &looked.handle,
                    Some(&looked.timeline),
                    id,
                    &opened.row.form_id,
                )
                .await?
        {
            return Err(Error::Absent);
        }
        Ok(opened)
    }

    /// Who was asked by a link.
    pub(super) fn invited(&self, link: &FormLinkRow) -> Result<Invited> {
        let plain = self.house.keys.open(&super::links::context(link.id), &link.invited)?;
        serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))
    }

    /// What is known about the child beside the answers.
    pub(super) fn facts(&self, timeline: &Timeline) -> Facts {
        Facts::of(timeline, self.today())
    }

    /// A form, to go on with it.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such form, or this person has no part in it.
    pub async fn form_desk(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<FormDesk> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::FillForm).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let names = self.names_of(&mut *unit, &opened).await?;
        drop(unit);
        let desk = self.desk(actor, looked, opened, &names)?;
        let detail = json!({"form": desk.form.id, "step": "open"});
        self.house.pen.write(vec![actor.line("view_form", Some(child.0), true, &detail)]).await?;
        Ok(desk)
    }

    async fn names_of(&self, unit: &mut dyn Unit, opened: &Opened) -> Result<HashMap<PersonId, String>> {
        let ids: Vec<Uuid> = opened
            .sections
            .iter()
            .filter_map(|s| s.updated_by)
            .chain(std::iter::once(opened.row.started_by))
            .collect();
        self.names(unit, &ids).await
    }

    fn desk(
        &self,
        actor: &Actor,
        looked: Looked,
        opened: Opened,
        names: &HashMap<PersonId, String>,
    ) -> Result<FormDesk> {
        let (today, now) = (self.today(), self.now());
        let Opened { row, form, answers, sections, links } = opened;
        let roles = roles(actor, &looked.handle);
        let name = |id: Uuid| names.get(&PersonId(id)).cloned().unwrap_or_else(|| "A colleague".to_owned());
        let mut shown = Vec::new();
        for section in form.sections.iter().filter(|s| may_see(s, &roles, &looked.handle, &form)) {
            let row = sections.iter().find(|r| r.section == section.id);
            let mut link = None;
            for one in links.iter().filter(|l| l.section == section.id) {
                if let Some(standing) = standing(one, today, now) {
                    let invited = self.invited(one)?;
                    link = Some(LinkLine {
                        id: one.id,
                        name: invited.name,
                        email: invited.email,
                        due_on: one.due_on,
                        made_at: one.made_at,
                        standing,
                        chased_at: one.chased_at,
                    });
                }
            }
            shown.push(SectionDesk {
                id: section.id.to_string(),
                may_fill: section.may_fill(&roles),
                version: row.map_or(0, |r| r.version),
                saved: row.map(|r| {
                    let by = r.updated_by.map_or_else(|| "Somebody outside, by a link".to_owned(), name);
                    (by, r.updated_at)
                }),
                link,
            });
        }
        if shown.is_empty() {
            return Err(Error::Absent);
        }
        let facts = self.facts(&looked.timeline);
        let answers = looked.handle.veil.answers(answers)?;
        let mut timeline = looked.timeline;
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        let suggestions = self.facts(&timeline);
        let may_submit = form.may_start(&roles) || row.started_by == actor.person().0;
        let may_ask = looked.handle.may.has(Action::AskOutside);
        Ok(FormDesk {
            handle: looked.handle,
            timeline,
            book: self.book(),
            today,
            id: row.id,
            open: row.state == FormStanding::Open,
            version: row.version,
            due_on: row.due_on,
            opened_at: row.opened_at,
            started_by: name(row.started_by),
            replaces: row.replaces,
            sections: shown,
            form,
            answers,
            facts,
            suggestions,
            may_submit,
            may_ask,
        })
    }
}
