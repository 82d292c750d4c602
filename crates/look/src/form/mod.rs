//! Parts of forms, in the shapes of GOV.UK Frontend.
//!
//! Every part is drawn with a [`FormState`], which carries what the person typed and what is wrong with it. A form that comes
//! back with an error therefore loses nothing. Parts find their own value and error by name.

mod button;
mod choice;
mod date;
mod fieldset;
mod file;
mod read;
mod state;
mod text;

pub use button::{Button, button_group, button_link};
pub use choice::{Checkboxes, Choice, Radios, Select};
pub use date::{DateInput, TimeInput};
pub use fieldset::{Legend, fieldset};
pub use file::FileUpload;
pub use read::Required;
pub use state::{FieldError, FormState};
pub use text::{PasswordInput, TextInput, Textarea, Width};

use maud::{Markup, html};

/// Hidden field with the token every form that changes something must carry.
#[must_use]
pub fn csrf_field(token: &str) -> Markup {
    hidden("csrf", token)
}

/// Hidden field.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// GOV.UK error summary, for the top of the page above the `h1`. Nothing when there is no error.
#[must_use]
pub fn error_summary(state: &FormState) -> Markup {
    html! {
        @if state.has_errors() {
            div.govuk-error-summary data-module="govuk-error-summary" {
                div role="alert" {
                    h2.govuk-error-summary__title { "There is a problem" }
                    div.govuk-error-summary__body {
                        ul class="govuk-list govuk-error-summary__list" {
                            @for error in state.errors() {
                                li {
                                    @if error.target.is_empty() { (error.message) }
                                    @else { a href=(format!("#{}", error.target)) { (error.message) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The id of a field, made from its name: only letters, digits, `-` and `_` survive, so it can stand in a fragment.
pub(crate) fn id_of(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

/// What label, hint and error share: the group around a field.
pub(crate) struct Group<'a> {
    pub id: &'a str,
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
}

impl Group<'_> {
    /// Value of `aria-describedby`: hint, then error.
    pub(crate) fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Hint and error message.
    pub(crate) fn hint_and_error(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint {
                div.govuk-hint id=(format!("{}-hint", self.id)) { (hint) }
            }
            @if let Some(error) = self.error {
                p.govuk-error-message id=(format!("{}-error", self.id)) {
                    span.govuk-visually-hidden { "Error:" } " " (error)
                }
            }
        }
    }
}

/// Label of a field; as the page's heading when `heading` is set (one thing per page).
pub(crate) fn label(id: &str, words: &str, heading: bool) -> Markup {
    html! {
        @if heading {
            h1.govuk-label-wrapper { label class="govuk-label govuk-label--l" for=(id) { (words) } }
        } @else {
            label.govuk-label for=(id) { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_error_no_summary() {
        assert_eq!(error_summary(&FormState::new()).into_string(), "");
    }

    #[test]
    fn the_summary_leads_to_the_field() {
        let mut state = FormState::new();
        state.error("child[name]", "Enter <a> name");
        state.form_error("Nothing was saved");
        let text = error_summary(&state).into_string();
        assert!(text.contains(
            "<li><a href=\"#child-name-\">Enter &lt;a&gt; name</a></li><li>Nothing was saved</li>"
        ));
        assert!(text.starts_with(
            "<div class=\"govuk-error-summary\" data-module=\"govuk-error-summary\"><div role=\"alert\">"
        ));
    }
}
