//! Saving what was answered, page by page. Two people may work in one section; only two answers to the same question are
//! a conflict, and then neither is lost.

use kinfold_access::Action;
use kinfold_forms::{Answer, Answers, Key, Problem, Severity};
use kinfold_guidance::form::{Form, Section};
use kinfold_record::ChildId;
use kinfold_store::{FormSectionRow, FormStanding, Unit};
use serde_json::json;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::hex;
use crate::veil::Veil;

use super::desk::{Opened, context, roles};

/// What a save gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The mark of the answers as they are now, for the next save of the same page.
    pub mark: String,
    /// Whether anything changed.
    pub changed: bool,
}

/// What is to be saved of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Questions and their answers; `None` takes an answer away.
    pub answers: Vec<(Key, Option<Answer>)>,
    /// How often a section that repeats is filled in from now on.
    pub times: Option<(SmolStr, u8)>,
}

/// The mark of the answers to some questions: equal while nobody has changed one of them.
pub fn mark<'a>(answers: &Answers, keys: impl IntoIterator<Item = &'a Key>) -> String {
    let held: Vec<(&Key, Option<&Answer>)> = keys.into_iter().map(|key| (key, answers.get(key))).collect();
    // What cannot be written down (nothing can be) would only make two marks differ.
    let text = serde_json::to_vec(&held).unwrap_or_default();
    hex(&Sha256::digest(&text)[..12])
}

impl Changes {
    /// The questions it is about.
    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.answers.iter().map(|(key, _)| key)
    }

    /// Puts them into answers.
    fn apply(&self, answers: &mut Answers) {
        for (key, answer) in &self.answers {
            answers.set(key.clone(), answer.clone());
        }
        if let Some((section, times)) = &self.times {
            answers.times.insert(section.clone(), *times);
        }
    }
}

impl Casework {
    /// Saves the answers of one page of a section. `seen` is the mark of the answers as the person had them before them.
    ///
    /// # Errors
    /// [`Error::Absent`] when the form is not there or the section is not this person's to fill in;
    /// [`Error::Conflict`] when somebody else has answered one of the same questions meanwhile: nothing is written.
    pub async fn save_form(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        section: &str,
        seen: &str,
        changes: &Changes,
    ) -> Result<Saved> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let roles = roles(actor, &looked.handle);
        let form = std::sync::Arc::clone(&opened.form);
        let Some(section) = form.section(section).filter(|s| s.may_fill(&roles)) else {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        };
        let by = Some(actor.person().0);
        let veil = &looked.handle.veil;
        let saved = self.put_answers(&mut *unit, opened, section, seen, changes, by, veil).await?;
        if saved.changed {
            let detail = json!({"form": form.id, "section": section.id});
            log(&mut *unit, vec![actor.line("fill_form", Some(child.0), true, &detail)]).await?;
            unit.commit().await?;
        }
        Ok(saved)
    }

    /// Puts answers into a section in the caller's transaction. Everybody's saves go through here. `veil` is what lay over
    /// the page that the answers come from: an answer of which something was taken out stays as it is.
    #[expect(clippy::too_many_arguments, reason = "what is saved, by whom, and what they saw")]
    pub(super) async fn put_answers(
        &self,
        unit: &mut dyn Unit,
        opened: Opened,
        section: &Section,
        seen: &str,
        changes: &Changes,
        by: Option<Uuid>,
        veil: &Veil,
    ) -> Result<Saved> {
        let Opened { row, form, mut answers, sections, .. } = opened;
        belongs(&form, section, changes)?;
        if row.state != FormStanding::Open {
            return Err(Error::Forbidden(
                "This form has been submitted or thrown away meanwhile, so it takes no more answers. To change what \
                 was submitted, start a correction."
                    .to_owned(),
            ));
        }
        let before = answers.clone();
        let mut shown = veil.answers(before.clone())?;
        let shown_mark = mark(&shown, changes.keys());
        without_hidden(changes, &before, &shown)?.apply(&mut answers);
        changes.apply(&mut shown);
        let now_mark = mark(&shown, changes.keys());
        if answers == before {
            return Ok(Saved { mark: now_mark, changed: false });
        }
        let at = sections.iter().find(|s| s.section == section.id).map_or(0, |s| s.version);
        if shown_mark != seen {
            return Err(Error::Conflict { current: at });
        }
        let plain = serde_json::to_vec(&answers.part(section)).map_err(|e| Error::Internal(e.to_string()))?;
        let kept = FormSectionRow {
            form: row.id,
            section: section.id.to_string(),
            answers: self.house.keys.seal(&context(row.id, &section.id), &plain)?,
            updated_by: by,
            updated_at: self.now(),
            version: at,
        };
        match unit.save_form_section(&kept).await {
            Ok(_) => Ok(Saved { mark: now_mark, changed: true }),
            Err(kinfold_store::Error::Conflict { current, .. }) => Err(Error::Conflict { current }),
            Err(error) => Err(error.into()),
        }
    }
}

/// The changes without those answers of which the page showed only a part and that came back as they were shown.
fn without_hidden(changes: &Changes, before: &Answers, shown: &Answers) -> Result<Changes> {
    let hidden = |key: &Key| before.get(key) != shown.get(key);
    let altered = changes.answers.iter().filter(|(key, to)| hidden(key) && to.as_ref() != shown.get(key));
    let problems: Vec<FieldProblem> = altered
        .map(|(key, _)| FieldProblem {
            field: key.to_string(),
            message: "Part of this answer is kept from you, so it cannot be changed here. Ask somebody who may know where the \
                      child lives"
                .to_owned(),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut rest = changes.clone();
    rest.answers.retain(|(key, _)| !hidden(key));
    Ok(rest)
}

/// What keeps answers from being handed in, each at the field it is about.
pub(super) fn field_problems(found: impl IntoIterator<Item = Problem>) -> Vec<FieldProblem> {
    let errors = found.into_iter().filter(|p| p.severity == Severity::Error);
    errors.map(|p| FieldProblem { field: p.key.to_string(), message: p.message }).collect()
}

/// Refuses answers to questions of other sections: a page sends those of its own.
fn belongs(form: &Form, section: &Section, changes: &Changes) -> Result<()> {
    let own = |key: &Key| section.question(&key.question).is_some();
    let time = |key: &Key| match &section.repeat {
        Some(repeat) => key.time < repeat.most,
        None => key.time == 0,
    };
    let all = changes.keys().all(|key| own(key) && time(key));
    let times = changes.times.as_ref().is_none_or(|(id, n)| {
        form.section(id).is_some_and(|s| s.id == section.id)
            && section.repeat.as_ref().is_some_and(|r| (r.least..=r.most).contains(n))
    });
    if all && times { Ok(()) } else { Err(Error::Absent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_moves_only_with_the_answers_it_is_about() {
        let (mood, sleep) = (Key::of("mood"), Key::of("sleep"));
        let mut answers = Answers::default();
        let empty = mark(&answers, [&mood]);
        answers.set(sleep, Some(Answer::Text("well".to_owned())));
        assert_eq!(mark(&answers, [&mood]), empty);
        answers.set(mood.clone(), Some(Answer::Text("low".to_owned())));
        let low = mark(&answers, [&mood]);
        assert_ne!(low, empty);
        answers.set(mood.clone(), Some(Answer::Text("better".to_owned())));
        assert_ne!(mark(&answers, [&mood]), low);
        answers.set(mood.clone(), None);
        assert_eq!(mark(&answers, [&mood]), empty);
    }
}
