//! Radios, checkboxes, select.

use super::fieldset::Legend;
use super::{FormState, Group, fieldset, id_of, label};
use maud::{Markup, PreEscaped, html};

/// One thing that may be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    reveal: Option<Markup>,
    divider: bool,
    exclusive: bool,
}

impl Choice {
    /// A choice: the value sent and the words shown.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
            reveal: None,
            divider: false,
            exclusive: false,
        }
    }

    /// Help below the words.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Fields that belong to this choice. The style sheet shows them only while it is chosen, without script; a browser that
    /// cannot always shows them, so their labels must make sense alone and the server ignores them when another is chosen.
    #[must_use]
    pub fn reveal(mut self, fields: Markup) -> Self {
        self.reveal = Some(fields);
        self
    }

    /// Puts "or" before this choice.
    #[must_use]
    pub fn after_or(mut self) -> Self {
        self.divider = true;
        self
    }

    /// "None of these": with script, choosing it clears the others. The server must still check.
    #[must_use]
    pub fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }
}

/// What radios and checkboxes have in common.
#[derive(Clone, Debug)]
struct Choices {
    name: String,
    legend: Legend,
    hint: Option<String>,
    choices: Vec<Choice>,
    modifier: &'static str,
}

impl Choices {
    fn render(&self, kind: &str, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        let block = if kind == "radio" { "govuk-radios" } else { "govuk-checkboxes" };
        let class = if self.modifier.is_empty() {
            block.to_owned()
        } else {
            format!("{block} {block}--{}", self.modifier)
        };
        let content = html! {
            (group.hint_and_error())
            div class=(class) data-module=(block) {
                @for (at, choice) in self.choices.iter().enumerate() {
                    (self.item(kind, block, at, choice, state))
                }
            }
        };
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()] {
                (fieldset(&self.legend, group.described_by().as_deref(), &content))
            }
        }
    }

    fn item(&self, kind: &str, block: &str, at: usize, choice: &Choice, state: &FormState) -> Markup {
        let base = id_of(&self.name);
        // The first item carries the bare id: that is where the error summary leads.
        let id = if at == 0 { base } else { format!("{base}-{}", at + 1) };
        let chosen = state.holds(&self.name, &choice.value);
        let hint_id = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
        html! {
            @if choice.divider { div class=(format!("{block}__divider")) { "or" } }
            div class=(format!("{block}__item")) {
                input class=(format!("{block}__input")) id=(id) name=(self.name) type=(kind) value=(choice.value)
                    checked[chosen] aria-describedby=[hint_id.as_ref()]
                    data-behaviour=[choice.exclusive.then_some("exclusive")];
                label class=(format!("govuk-label {block}__label")) for=(id) { (choice.label) }
                @if let (Some(words), Some(hint_id)) = (&choice.hint, &hint_id) {
                    div class=(format!("govuk-hint {block}__hint")) id=(hint_id) { (words) }
                }
            }
            // GOV.UK's script would put aria-expanded on a radio, which ARIA does not allow; the style sheet does it instead.
            @if let Some(fields) = &choice.reveal {
                div class=(format!("{block}__conditional kf-reveal")) { (fields) }
            }
        }
    }
}

/// GOV.UK radios: one answer.
#[derive(Clone, Debug)]
pub struct Radios(Choices);

impl Radios {
    /// Radios with a legend.
    pub fn new(
        name: impl Into<String>,
        legend: impl Into<Legend>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self(Choices {
            name: name.into(),
            legend: legend.into(),
            hint: None,
            choices: choices.into_iter().collect(),
            modifier: "",
        })
    }

    /// Yes or no, side by side.
    pub fn yes_no(name: impl Into<String>, legend: impl Into<Legend>) -> Self {
        Self::new(name, legend, [Choice::new("yes", "Yes"), Choice::new("no", "No")]).inline()
    }

    /// Help below the legend.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.0.hint = Some(words.into());
        self
    }

    /// Side by side: for two short answers.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.0.modifier = "inline";
        self
    }

    /// Small: for filters.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.0.modifier = "small";
        self
    }

    /// Draws them with what was chosen and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        self.0.render("radio", state)
    }
}

/// GOV.UK checkboxes: any number of answers.
#[derive(Clone, Debug)]
pub struct Checkboxes(Choices);

impl Checkboxes {
    /// Checkboxes with a legend.
    pub fn new(
        name: impl Into<String>,
        legend: impl Into<Legend>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self(Choices {
            name: name.into(),
            legend: legend.into(),
            hint: None,
            choices: choices.into_iter().collect(),
            modifier: "",
        })
    }

    /// Help below the legend.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.0.hint = Some(words.into());
        self
    }

    /// Small: for filters.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.0.modifier = "small";
        self
    }

    /// Draws them with what was chosen and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        self.0.render("checkbox", state)
    }
}

/// GOV.UK select: one of many, where radios would be too long a list.
#[derive(Clone, Debug)]
pub struct Select {
    name: String,
    label: String,
    hint: Option<String>,
    empty: Option<String>,
    options: Vec<(String, String)>,
    groups: Vec<(String, Vec<(String, String)>)>,
}

impl Select {
    /// A select with (value, words) pairs.
    pub fn new<V: Into<String>, L: Into<String>>(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            empty: None,
            options: options.into_iter().map(|(value, words)| (value.into(), words.into())).collect(),
            groups: Vec::new(),
        }
    }

    /// A first option with no value ("Choose a team", "All teams").
    #[must_use]
    pub fn empty(mut self, words: impl Into<String>) -> Self {
        self.empty = Some(words.into());
        self
    }

    /// Adds a group of options under a heading.
    #[must_use]
    pub fn group<V: Into<String>, L: Into<String>>(
        mut self,
        heading: impl Into<String>,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Self {
        let options = options.into_iter().map(|(value, words)| (value.into(), words.into())).collect();
        self.groups.push((heading.into(), options));
        self
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Draws it with what was chosen and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let id = id_of(&self.name);
        let group = Group { id: &id, hint: self.hint.as_deref(), error: state.error_of(&self.name) };
        let option = |(value, words): &(String, String)| {
            html! { option value=(value) selected[state.holds(&self.name, value)] { (words) } }
        };
        let options = |list: &[(String, String)]| {
            PreEscaped(list.iter().map(|o| option(o).into_string()).collect::<String>())
        };
        html! {
            div.govuk-form-group.govuk-form-group--error[group.error.is_some()] {
                (label(&id, &self.label, false))
                (group.hint_and_error())
                select.govuk-select.govuk-select--error[group.error.is_some()] id=(id) name=(self.name)
                    aria-describedby=[group.described_by()] {
                    @if let Some(words) = &self.empty { option value="" { (words) } }
                    (options(&self.options))
                    @for (heading, list) in &self.groups { optgroup label=(heading) { (options(list)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radios_have_the_published_shape() {
        assert_eq!(
            Radios::yes_no("seen", "Was the child seen?")
                .render(&FormState::new().with("seen", "no"))
                .into_string(),
            "<div class=\"govuk-form-group\"><fieldset class=\"govuk-fieldset\">\
             <legend class=\"govuk-fieldset__legend\">Was the child seen?</legend>\
             <div class=\"govuk-radios govuk-radios--inline\" data-module=\"govuk-radios\">\
             <div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" id=\"seen\" name=\"seen\" type=\"radio\" value=\"yes\">\
             <label class=\"govuk-label govuk-radios__label\" for=\"seen\">Yes</label></div>\
             <div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" id=\"seen-2\" name=\"seen\" type=\"radio\" value=\"no\" checked>\
             <label class=\"govuk-label govuk-radios__label\" for=\"seen-2\">No</label></div></div></fieldset></div>"
        );
    }

    #[test]
    fn a_reveal_follows_its_choice_and_needs_no_script() {
        let radios = Radios::new(
            "seen",
            "Seen?",
            [Choice::new("no", "No").reveal(html! { "why" }), Choice::new("yes", "Yes")],
        );
        let text = radios.render(&FormState::new()).into_string();
        assert!(text.contains(
            "for=\"seen\">No</label></div><div class=\"govuk-radios__conditional kf-reveal\">why</div>"
        ));
        assert!(!text.contains("aria-controls") && !text.contains("--hidden"));
    }

    #[test]
    fn every_ticked_box_comes_back_ticked() {
        let boxes = Checkboxes::new(
            "who",
            "Who was there?",
            [
                Choice::new("a", "Carer"),
                Choice::new("b", "Nurse <RN>"),
                Choice::new("none", "Nobody").after_or().exclusive(),
            ],
        );
        let text = boxes.render(&FormState::new().with_all("who", ["a", "b"])).into_string();
        assert_eq!(text.matches(" checked").count(), 2);
        assert!(text.contains("Nurse &lt;RN&gt;") && text.contains("data-behaviour=\"exclusive\""));
    }

    #[test]
    fn an_error_is_tied_to_the_fieldset() {
        let mut state = FormState::new();
        state.error("seen", "Say whether the child was seen");
        let text = Radios::yes_no("seen", "Seen?").hint("By you").render(&state).into_string();
        assert!(
            text.contains("<fieldset class=\"govuk-fieldset\" aria-describedby=\"seen-hint seen-error\">")
        );
    }

    #[test]
    fn select_keeps_the_choice() {
        let select = Select::new("team", "Team", [("n", "North"), ("s", "South")]).empty("All teams");
        let text = select
            .group("Health", [("h", "Nurses")])
            .render(&FormState::new().with("team", "s"))
            .into_string();
        assert!(text.contains("<option value=\"s\" selected>South</option>"));
        assert!(text.contains("<optgroup label=\"Health\"><option value=\"h\">Nurses</option></optgroup>"));
        assert_eq!(text.matches(" selected").count(), 1);
    }
}
