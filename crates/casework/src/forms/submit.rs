//! Submitting a form: everything is checked, the document is frozen, what the answers become is recorded, and the form
//! is closed, all in one transaction. A second submit gets the first answer.

use std::collections::VecDeque;

use kinfold_access::{Action, Code};
use kinfold_forms::{Filled, Sheet};
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId};
use kinfold_store::{FormDocumentRow, FormStanding, Unit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::{NewEntry, action_for, read_entries};

use super::desk::{Opened, roles, standing};
use super::own::said_of_oneself;
use super::save::field_problems;

/// What submitting gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The document.
    pub document: Uuid,
    /// How many entries it wrote.
    pub entries: usize,
    /// How many duties changed.
    pub duties_changed: usize,
    /// What looks doubtful: recorded all the same.
    pub doubts: Vec<String>,
}

/// What an answer becomes, as casework records it.
pub(super) fn entry(new: kinfold_forms::NewEntry) -> NewEntry {
    NewEntry {
        sensitivity: Some(new.sensitivity),
        about: new.about,
        ..NewEntry::on(new.happened_on, new.event)
    }
}

impl Casework {
    /// Submits a form. `seen` is the version of the form whose answers were checked; `key` makes a double submit give
    /// the first answer again.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Forbidden`] when an entry it would write is not this person's to
    /// record; [`Error::Conflict`] when an answer has changed since; [`Error::Invalid`] or [`Error::Impossible`] with
    /// what is wrong. Nothing is written then.
    pub async fn submit_form(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        seen: i64,
        key: &str,
    ) -> Result<Submitted> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()));
        }
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let roles = roles(actor, &looked.handle);
        if !opened.form.may_start(&roles) && opened.row.started_by != actor.person().0 {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        }
        if opened.row.state == FormStanding::Submitted
            && let Some(document) = unit.form_document_of(id).await?
        {
            let entries: Vec<EntryId> = serde_json::from_str(&document.entries).unwrap_or_default();
            let (document, entries) = (document.id, entries.len());
            return Ok(Submitted { document, entries, duties_changed: 0, doubts: Vec::new() });
        }
        if opened.row.version != seen || opened.row.state != FormStanding::Open {
            return Err(Error::Conflict { current: opened.row.version });
        }
        let now = self.now();
        let out = |l: &kinfold_store::FormLinkRow| standing(l, self.today(), now).is_some_and(|s| s.is_out());
        if opened.links.iter().any(out) {
            return Err(Error::invalid(
                "",
                "A section is still with somebody outside. Wait until it comes back, or take the link back and fill it in yourself.",
            ));
        }
        let filled = self.filled(&mut *unit, &looked, &opened).await?;
        let (new, frozen) = {
            let (book, facts) = (self.book(), self.facts(&looked.timeline));
            let sheet = Sheet::new(&opened.form, &opened.answers, &facts, &book.guidance.codes);
            let problems = field_problems(sheet.check_all());
            if !problems.is_empty() {
                return Err(Error::Invalid(problems));
            }
            let becomes = sheet
                .becomes(&id.simple().to_string())
                .map_err(|found| Error::Invalid(field_problems(found)))?;
            (becomes.into_iter().map(entry).collect::<Vec<_>>(), sheet.freeze(&filled))
        };
        let body = serde_json::to_string(&frozen).map_err(|e| Error::Internal(e.to_string()))?;
        let asks = new.iter().filter(|e| !said_of_oneself(&e.event, &looked.handle));
        if let Some(action) =
            asks.map(|e| action_for(&e.event)).find(|action| !looked.handle.may.has(*action))
        {
            drop(unit);
            let detail = json!({"form": opened.form.id});
            self.house.pen.write(vec![actor.line(action.as_str(), Some(child.0), false, &detail)]).await?;
            return Err(Error::Forbidden(format!(
                "Submitting this form would record something that your role for this child does not include: {}. Ask \
                 somebody whose role includes it to submit it.",
                action.title()
            )));
        }
        let submitted = self.write_document(&mut *unit, actor, &looked, &opened, body, new).await?;
        let answer = serde_json::to_string(&submitted).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, now, &answer).await?;
        unit.commit().await?;
        Ok(submitted)
    }

    /// Who filled in which section, for the document.
    pub(super) async fn filled(
        &self,
        unit: &mut dyn Unit,
        looked: &Looked,
        opened: &Opened,
    ) -> Result<Vec<Filled>> {
        let ids: Vec<Uuid> = opened.sections.iter().filter_map(|s| s.updated_by).collect();
        let names = self.names(unit, &ids).await?;
        let mut out = Vec::new();
        for row in &opened.sections {
            let person = row.updated_by.map(PersonId);
            let back = opened.links.iter().rfind(|l| l.section == row.section && l.used_at.is_some());
            // A section that came back is who was asked's, also when a colleague looked it over afterwards.
            if let Some(link) = back {
                let invited = self.invited(link)?;
                let at = link.used_at.unwrap_or(row.updated_at);
                let role = "Asked from outside, by a link".to_owned();
                out.push(Filled {
                    section: row.section.as_str().into(),
                    person: None,
                    name: invited.name,
                    role,
                    at,
                });
            }
            let Some(person) = person else { continue };
            let place = looked.timeline.circle_on(self.today()).find(|m| m.person == Some(person));
            let role = match place {
                Some(member) => self.book().guidance.codes.title("circle_role", &member.role).to_owned(),
                None => "Colleague".to_owned(),
            };
            let name = names.get(&person).cloned().unwrap_or_else(|| "A colleague".to_owned());
            out.push(Filled {
                section: row.section.as_str().into(),
                person: Some(person),
                name,
                role,
                at: row.updated_at,
            });
        }
        Ok(out)
    }

    pub(super) async fn write_document(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        opened: &Opened,
        body: String,
        new: Vec<NewEntry>,
    ) -> Result<Submitted> {
        let (now, document) = (self.now(), self.new_id());
        let child = looked.handle.id();
        let before = match opened.row.replaces {
            Some(old) => Some(unit.form_document(old).await?.ok_or(Error::Absent)?),
            None => None,
        };
        let mut new = new;
        if before.is_none() {
            new.extend(self.part_came(unit, child, opened.row.id, document).await?);
        }
        let (new, kept) = match &before {
            Some(before) => self.corrections(unit, child, before, new).await?,
            None => (new, Vec::new()),
        };
        let correcting = new.iter().any(|e| e.replaces.is_some());
        if correcting && !looked.handle.may.has(Action::CorrectEntry) {
            return Err(Error::Forbidden(
                "Submitting this correction would correct entries of the chronology, which your role for this child does \
                 not include."
                    .to_owned(),
            ));
        }
        let (mut entries, mut duties_changed, mut doubts) = (kept, 0, Vec::new());
        if !new.is_empty() {
            let standing: Vec<bool> =
                new.iter().map(|e| !matches!(e.event, Event::Withdrawn { .. })).collect();
            let recorded = self.append(unit, actor, looked, new).await?;
            entries.extend(recorded.entries.iter().zip(standing).filter(|(_, s)| *s).map(|(id, _)| *id));
            duties_changed = recorded.duties_changed;
            doubts = recorded.doubts.into_iter().map(|p| p.message).collect();
        }
        let form = &opened.form;
        unit.insert_form_document(&FormDocumentRow {
            id: document,
            form: opened.row.id,
            child: child.0,
            form_id: form.id.to_string(),
            form_hash: form.hash.clone(),
            number: before.as_ref().map_or(1, |b| b.number + 1),
            body,
            entries: serde_json::to_string(&entries).map_err(|e| Error::Internal(e.to_string()))?,
            submitted_by: actor.person().0,
            submitted_at: now,
            replaces: before.map(|b| b.id),
        })
        .await?;
        unit.close_form(opened.row.id, opened.row.version, FormStanding::Submitted, now).await?;
        let detail = json!({"form": form.id, "document": document, "entries": entries.len()});
        log(unit, vec![actor.line("submit_form", Some(child.0), true, &detail)]).await?;
        Ok(Submitted { document, entries: entries.len(), duties_changed, doubts })
    }

    /// What a later version changes in the chronology: an entry that still says the same stays, one that says something
    /// else is corrected, one that is no more is withdrawn. Answers what to write, and the entries that stay.
    pub(super) async fn corrections(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        before: &FormDocumentRow,
        new: Vec<NewEntry>,
    ) -> Result<(Vec<NewEntry>, Vec<EntryId>)> {
        let ids: Vec<EntryId> = serde_json::from_str(&before.entries).unwrap_or_default();
        let all = read_entries(unit, child).await?;
        // Those that somebody has corrected or withdrawn by hand since are no longer this document's to change.
        let untouched = |e: &&Entry| !all.iter().any(|other| other.replaces == Some(e.id));
        let mut old: VecDeque<&Entry> =
            all.iter().filter(|e| ids.contains(&e.id)).filter(untouched).collect();
        let (mut write, mut stay) = (Vec::new(), Vec::new());
        for mut entry in new {
            let same = |e: &&Entry| e.event == entry.event && e.happened_on == entry.happened_on;
            let place = old.iter().position(same);
            if let Some(place) = place {
                stay.extend(old.remove(place).map(|e| e.id));
                continue;
            }
            let place = old.iter().position(|e| e.event.kind() == entry.event.kind());
            entry.replaces = place.and_then(|place| old.remove(place)).map(|e| e.id);
            write.push(entry);
        }
        let reason = SmolStr::new_static("The form that recorded this was corrected.");
        write.extend(old.into_iter().map(|e| NewEntry {
            replaces: Some(e.id),
            ..NewEntry::on(e.happened_on, Event::Withdrawn { reason: reason.clone().into() })
        }));
        Ok((write, stay))
    }
}
