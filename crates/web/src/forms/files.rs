//! The files of an answer: those that were added, and the form that adds another.

use kinfold_casework::FieldProblem;
use kinfold_forms::{Answer, Key, Step};
use kinfold_guidance::form::{Kind, Question};
use kinfold_look::form::{Button, FileUpload, FormState, csrf_field};
use kinfold_look::{Markup, html};

use super::ground::Ground;
use super::question::label;

/// An answer that takes files, and the page it is asked on.
pub(super) struct FilePlace<'a> {
    pub question: &'a Question,
    pub key: Key,
    pub page: Step,
}

impl<'a> Ground<'a> {
    /// The answer that a file was sent to; `None` where the section asks no such question.
    pub fn file_place(&self, question: &str) -> Option<FilePlace<'a>> {
        let question = self.section.question(question)?;
        let page = self.sheet.page_of(&self.section.id, self.time, &question.id);
        Some(FilePlace { question, key: self.key(question), page })
    }

    /// The page of an answer again, with the reasons why its file was not taken.
    pub fn not_taken(&self, place: &FilePlace<'_>, problems: Vec<FieldProblem>) -> Markup {
        let (mut form, _) = self.fresh(&place.question.page);
        for problem in problems {
            form.error_at(place.question.id.as_str(), "file", problem.message);
        }
        self.page(&place.question.page, &form, &html! {}, &[])
    }

    /// The files of a question on its page.
    pub(super) fn uploads(&self, question: &Question, form: &FormState, alone: bool) -> Markup {
        let Kind::Upload { most } = question.kind else { return html! {} };
        let key = self.key(question);
        let held = match self.sheet.answers.get(&key) {
            Some(Answer::Uploads(files)) => files.as_slice(),
            _ => &[],
        };
        let at = Step::Section { section: self.section.id.clone(), time: self.time };
        let action = format!("{}/{at}/{}", self.files, question.id);
        // Errors of the file itself stand at its field.
        let mut own = FormState::new();
        for error in form.errors().iter().filter(|e| e.field == question.id.as_str()) {
            own.error("file", &error.message);
        }
        html! {
            @if alone { h1.govuk-heading-l { (label(question)) } } @else { h2.govuk-heading-m { (label(question)) } }
            @if let Some(hint) = &question.hint { div.govuk-hint { (hint) } }
            @if held.is_empty() { p.govuk-body { "No file has been added yet." } }
            @for file in held {
                div.govuk-button-group {
                    @match &self.file {
                        Some(base) => { a.govuk-link href=(format!("{base}/{}", file.id)) { (file.name) } }
                        None => { span.govuk-body { (file.name) } }
                    }
                    form method="post" action=(format!("{action}/{}", file.id)) {
                        (csrf_field(&self.csrf))
                        button class="govuk-button govuk-button--secondary" type="submit" { "Remove" span.govuk-visually-hidden { " " (file.name) } }
                    }
                }
            }
            @if held.len() < usize::from(most) {
                form method="post" action=(action) enctype="multipart/form-data" novalidate {
                    (csrf_field(&self.csrf))
                    span id=(format!("{}-add", question.id)) {}
                    (FileUpload::new("file", if held.is_empty() { "Add a file" } else { "Add another file" })
                        .hint("A photo (JPEG, PNG, WebP, HEIC), a PDF or a Word file (.docx), of 10 MB at most. After an error choose the file again")
                        .accept(".jpg,.jpeg,.png,.webp,.heic,.pdf,.docx").render(&own))
                    (Button::secondary("Add this file"))
                }
            }
        }
    }
}
