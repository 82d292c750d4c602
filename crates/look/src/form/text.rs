//! Text input, textarea, password.

use super::{FormState, Group, id_of, label};
use crate::classes;
use maud::{Markup, html};

/// Width of a field, as a hint about how much is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// All there is.
    #[default]
    Full,
    /// So many characters: 2, 3, 4, 5, 10, 20 or 30.
    Chars(u8),
}

impl Width {
    fn class(self) -> Option<String> {
        match self {
            Self::Full => None,
            Self::Chars(n) => Some(format!("govuk-input--width-{n}")),
        }
    }
}

/// GOV.UK text input.
#[derive(Clone, Debug)]
pub struct TextInput {
    name: String,
    label: String,
    hint: Option<String>,
    kind: &'static str,
    width: Width,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    spellcheck: Option<bool>,
    heading: bool,
    prefix: Option<String>,
    suffix: Option<String>,
}

impl TextInput {
    /// A text input.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            kind: "text",
            width: Width::Full,
            autocomplete: None,
            inputmode: None,
            spellcheck: None,
            heading: false,
            prefix: None,
            suffix: None,
        }
    }

    /// For an e-mail address.
    #[must_use]
    pub fn email(mut self) -> Self {
        self.kind = "email";
        self.spellcheck = Some(false);
        self
    }

    /// For a telephone number.
    #[must_use]
    pub fn telephone(mut self) -> Self {
        self.kind = "tel";
        self
    }

    /// For figures: a keypad on a phone, still plain text (browsers change what is typed into number fields).
    #[must_use]
    pub fn figures(mut self) -> Self {
        self.inputmode = Some("numeric");
        self
    }

    /// For codes and numbers that a spelling check would mark.
    #[must_use]
    pub fn code(mut self) -> Self {
        self.spellcheck = Some(false);
        self
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Width.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// What the browser may fill in, as HTML names it ("username", "one-time-code", "off").
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// The label is the page's heading.
    #[must_use]
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Unit before the field ("£").
    #[must_use]
    pub fn prefix(mut self, words: impl Into<String>) -> Self {
        self.prefix = Some(words.into());
        self
    }

    /// Unit after the field ("days").
    #[must_use]
    pub fn suffix(mut self, words: impl Into<String>) -> Self {
        self.suffix = Some(words.into());
        self
    }

    /// Draws it with what was typed and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        let wrong = if group.error.is_some() { "govuk-input--error" } else { "" };
        let class = classes(&["govuk-input", wrong, self.width.class().as_deref().unwrap_or_default()]);
        let input = html! {
            input class=(class) id=(id) name=(self.name) type=(self.kind)
                spellcheck=[self.spellcheck.map(|on| on.to_string())] value=(state.value(&self.name))
                aria-describedby=[group.described_by()] autocomplete=[self.autocomplete] inputmode=[self.inputmode];
        };
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()] {
                (label(&id, &self.label, self.heading))
                (group.hint_and_error())
                @if self.prefix.is_some() || self.suffix.is_some() {
                    div.govuk-input__wrapper {
                        @if let Some(words) = &self.prefix {
                            div.govuk-input__prefix aria-hidden="true" { (words) }
                        }
                        (input)
                        @if let Some(words) = &self.suffix {
                            div.govuk-input__suffix aria-hidden="true" { (words) }
                        }
                    }
                } @else { (input) }
            }
        }
    }
}

/// GOV.UK textarea, with a character count when it has a limit.
#[derive(Clone, Debug)]
pub struct Textarea {
    name: String,
    label: String,
    hint: Option<String>,
    rows: u8,
    limit: Option<u32>,
    heading: bool,
}

impl Textarea {
    /// A textarea of 5 rows.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), hint: None, rows: 5, limit: None, heading: false }
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Height in lines.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Most characters it may hold. The browser does not cut the text: what is too long is refused with nothing lost.
    #[must_use]
    pub fn limit(mut self, characters: u32) -> Self {
        self.limit = Some(characters);
        self
    }

    /// The label is the page's heading.
    #[must_use]
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Draws it with what was typed and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        let counted = self.limit.is_some();
        let info = counted.then(|| format!("{id}-info"));
        let described =
            [info.clone(), group.described_by()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()].govuk-character-count[counted]
                data-module=[counted.then_some("govuk-character-count")] data-maxlength=[self.limit] {
                (label(&id, &self.label, self.heading))
                (group.hint_and_error())
                // A leading line break is swallowed by HTML, so one is written that nobody typed.
                textarea.govuk-textarea.govuk-textarea--error[group.error.is_some()].govuk-js-character-count[counted]
                    id=(id) name=(self.name) rows=(self.rows) aria-describedby=[(!described.is_empty()).then_some(&described)] {
                    "\n" (state.value(&self.name))
                }
                @if let (Some(limit), Some(info)) = (self.limit, &info) {
                    div class="govuk-hint govuk-character-count__message" id=(info) {
                        "You can enter up to " (limit) " characters"
                    }
                }
            }
        }
    }
}

/// GOV.UK password input. What was typed is never sent back.
#[derive(Clone, Debug)]
pub struct PasswordInput {
    name: String,
    label: String,
    hint: Option<String>,
    new: bool,
}

impl PasswordInput {
    /// For the password a person has.
    pub fn current(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), hint: None, new: false }
    }

    /// For a password a person chooses.
    pub fn chosen(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { new: true, ..Self::current(name, label) }
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Draws it with what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()].govuk-password-input
                data-module="govuk-password-input" {
                (label(&id, &self.label, false))
                (group.hint_and_error())
                div class="govuk-input__wrapper govuk-password-input__wrapper" {
                    input.govuk-input.govuk-password-input__input.govuk-js-password-input-input.govuk-input--error[group.error.is_some()]
                        id=(id) name=(self.name) type="password"
                        spellcheck="false" aria-describedby=[group.described_by()]
                        autocomplete=(if self.new { "new-password" } else { "current-password" }) autocapitalize="none";
                    button type="button" data-module="govuk-button" aria-controls=(id) aria-label="Show password" hidden
                        class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" {
                        "Show"
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(name: &str) -> FormState {
        let mut state = FormState::from_pairs([(name, "\"quoted\" <b>")]);
        state.error(name, "Say it again");
        state
    }

    #[test]
    fn a_plain_input_has_the_published_shape() {
        assert_eq!(
            TextInput::new("test-name", "National Insurance number").render(&FormState::new()).into_string(),
            "<div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"test-name\">National Insurance number</label>\
             <input class=\"govuk-input\" id=\"test-name\" name=\"test-name\" type=\"text\" value=\"\"></div>"
        );
    }

    #[test]
    fn a_wrong_input_keeps_what_was_typed_and_ties_the_error_to_the_field() {
        let text = TextInput::new("why", "Why").hint("In a few words").render(&wrong("why")).into_string();
        assert!(text.contains("govuk-form-group--error") && text.contains("govuk-input--error"));
        assert!(text.contains("value=\"&quot;quoted&quot; &lt;b&gt;\""));
        assert!(text.contains("aria-describedby=\"why-hint why-error\""));
        assert!(text.contains("<span class=\"govuk-visually-hidden\">Error:</span> Say it again"));
    }

    #[test]
    fn a_counted_textarea_says_its_limit_without_script_and_does_not_cut() {
        let text = Textarea::new("note", "Note").limit(500).render(&wrong("note")).into_string();
        assert!(text.contains("data-module=\"govuk-character-count\" data-maxlength=\"500\""));
        assert!(text.contains("aria-describedby=\"note-info note-error\""));
        assert!(text.contains("You can enter up to 500 characters"));
        assert!(!text.contains(" maxlength="));
        assert!(
            text.contains("\n\"quoted\" &lt;b&gt;</textarea>")
                || text.contains("\n&quot;quoted&quot; &lt;b&gt;</textarea>")
        );
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let text = PasswordInput::current("password", "Password").render(&wrong("password")).into_string();
        assert!(!text.contains("quoted"));
        assert!(text.contains("autocomplete=\"current-password\""));
        let chosen = PasswordInput::chosen("password", "Password").render(&FormState::new()).into_string();
        assert!(chosen.contains("autocomplete=\"new-password\""));
    }
}
