//! A form that is handed in whole, answered by another program: started, filled in and submitted in one transaction, by
//! the same rules as page by page.

use std::collections::BTreeMap;

use kinfold_access::{Action, Code};
use kinfold_forms::{Answers, Key, Sheet};
use kinfold_guidance::form::Form;
use kinfold_store::Unit;

use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::record::action_for;

use super::desk::roles;
use super::save::field_problems;
use super::submit::{Submitted, entry};

impl Casework {
    /// The form of this id that somebody may start for a child today.
    pub(crate) fn form_to_answer(&self, actor: &Actor, looked: &Looked, id: &str) -> Option<Form> {
        if !looked.handle.may.has(Action::FillForm) {
            return None;
        }
        let roles = roles(actor, &looked.handle);
        self.offered(&self.book(), looked, &roles).into_iter().find(|form| form.id == id).cloned()
    }

    /// The forms that serve a rule and that somebody may start for a child today, as ids and titles.
    pub(crate) fn forms_serving(&self, actor: &Actor, looked: &Looked, rule: &str) -> Vec<(String, String)> {
        if !looked.handle.may.has(Action::FillForm) {
            return Vec::new();
        }
        let (book, roles) = (self.book(), roles(actor, &looked.handle));
        let offered = self.offered(&book, looked, &roles).into_iter();
        let serving = offered.filter(|form| form.serves.iter().any(|served| served == rule));
        serving.map(|form| (form.id.to_string(), form.title.to_string())).collect()
    }

    /// Hands in a form with all its answers, inside the caller's transaction: when it is refused, the caller lets the
    /// transaction go and nothing was written. `at` says where each question stands in what was sent.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when a section with answers is not this person's to fill in, or an entry it would write is not
    /// theirs to record; [`Error::Invalid`] or [`Error::Impossible`] with what is wrong.
    pub(crate) async fn answer_whole_form(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        form: &Form,
        answers: Answers,
        at: &BTreeMap<Key, String>,
    ) -> Result<Submitted> {
        let roles = roles(actor, &looked.handle);
        let theirs =
            |key: &Key| form.question(&key.question).is_some_and(|(section, _)| section.may_fill(&roles));
        if let Some(key) = answers.given.keys().find(|key| !theirs(key)) {
            let words = format!("The question {key} stands in a section that is not yours to fill in.");
            return Err(Error::Forbidden(words));
        }
        let id = self.begin_form(unit, actor, looked, form, &answers, None, None).await?;
        let opened = self.open_form(unit, looked.handle.id(), id).await?;
        let filled = self.filled(unit, looked, &opened).await?;
        let named = |problems: Vec<FieldProblem>| {
            let place = |problem: FieldProblem| {
                let key: Option<Key> = problem.field.parse().ok();
                let field = key.and_then(|key| at.get(&key).cloned()).unwrap_or(problem.field);
                FieldProblem { field, ..problem }
            };
            Error::Invalid(problems.into_iter().map(place).collect())
        };
        let (new, frozen) = {
            let (book, facts) = (self.book(), self.facts(&looked.timeline));
            let sheet = Sheet::new(&opened.form, &opened.answers, &facts, &book.guidance.codes);
            let asked: Vec<Key> = sheet.asked().map(|(_, key, _)| key).collect();
            let beside = answers.given.keys().find(|key| !asked.contains(key));
            if let Some(key) = beside {
                let words =
                    "This question is not asked after the other answers. Leave it out, or check them.";
                return Err(named(vec![FieldProblem { field: key.to_string(), message: words.to_owned() }]));
            }
            let problems = field_problems(sheet.check_all());
            if !problems.is_empty() {
                return Err(named(problems));
            }
            let becomes =
                sheet.becomes(&id.simple().to_string()).map_err(|found| named(field_problems(found)))?;
            (becomes.into_iter().map(entry).collect::<Vec<_>>(), sheet.freeze(&filled))
        };
        if let Some(action) =
            new.iter().map(|e| action_for(&e.event)).find(|action| !looked.handle.may.has(*action))
        {
            return Err(Error::Forbidden(format!(
                "These answers would record something that your role for this child does not include: {}.",
                action.title()
            )));
        }
        let body = serde_json::to_string(&frozen).map_err(|e| Error::Internal(e.to_string()))?;
        self.write_document(unit, actor, looked, &opened, body, new).await
    }
}
