//! File upload.

use super::{FormState, Group, id_of, label};
use maud::{Markup, html};

/// GOV.UK file upload. Its form must be `multipart/form-data`. A browser cannot send a chosen file back, so the hint should say
/// that it has to be chosen again after an error.
#[derive(Clone, Debug)]
pub struct FileUpload {
    name: String,
    label: String,
    hint: Option<String>,
    accept: Option<String>,
    multiple: bool,
}

impl FileUpload {
    /// A file upload.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), hint: None, accept: None, multiple: false }
    }

    /// Help below the label: kinds and largest size.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Kinds of file offered by the browser (".csv,.xlsx"). The server must still check.
    #[must_use]
    pub fn accept(mut self, kinds: impl Into<String>) -> Self {
        self.accept = Some(kinds.into());
        self
    }

    /// More than one file.
    #[must_use]
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    /// Draws it with what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()] {
                (label(&id, &self.label, false))
                (group.hint_and_error())
                input.govuk-file-upload.govuk-file-upload--error[group.error.is_some()] id=(id) name=(self.name) type="file"
                    accept=[self.accept.as_ref()] multiple[self.multiple] aria-describedby=[group.described_by()];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_error_are_told() {
        let mut state = FormState::new();
        state.error("return", "Choose the files of the return");
        let text = FileUpload::new("return", "Return").accept(".csv").multiple().render(&state).into_string();
        assert!(text.contains(
            "<input class=\"govuk-file-upload govuk-file-upload--error\" id=\"return\" name=\"return\" type=\"file\" accept=\".csv\" \
             multiple aria-describedby=\"return-error\">"
        ));
    }
}
