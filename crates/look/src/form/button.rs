//! Buttons.

use maud::{Markup, Render, html};

/// GOV.UK button that sends the form it stands in. One main action on a page; the rest secondary.
#[derive(Clone, Debug)]
pub struct Button {
    words: String,
    class: &'static str,
    send: Option<(String, String)>,
    once: bool,
}

impl Button {
    /// The main action.
    pub fn main(words: impl Into<String>) -> Self {
        Self { words: words.into(), class: "govuk-button", send: None, once: true }
    }

    /// Another action.
    pub fn secondary(words: impl Into<String>) -> Self {
        Self { class: "govuk-button govuk-button--secondary", ..Self::main(words) }
    }

    /// An action with consequences that are hard to undo.
    pub fn warning(words: impl Into<String>) -> Self {
        Self { class: "govuk-button govuk-button--warning", ..Self::main(words) }
    }

    /// Sends a value with the form, so that the server knows which button it was.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.send = Some((name.into(), value.into()));
        self
    }

    /// May be pressed twice quickly (previews). The rest are guarded by the script; the server must not rely on that.
    #[must_use]
    pub fn repeatable(mut self) -> Self {
        self.once = false;
        self
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let (name, value) =
            self.send.as_ref().map_or((None, None), |(name, value)| (Some(name), Some(value)));
        html! {
            button type="submit" class=(self.class) name=[name] value=[value] data-module="govuk-button"
                data-prevent-double-click=[self.once.then_some("true")] { (self.words) }
        }
    }
}

/// A link drawn as a button: starts something, changes nothing by itself.
#[must_use]
pub fn button_link(words: &str, href: &str, main: bool) -> Markup {
    html! {
        a class=(if main { "govuk-button" } else { "govuk-button govuk-button--secondary" }) href=(href) role="button"
            draggable="false" data-module="govuk-button" { (words) }
    }
}

/// Buttons in a row, with an optional link that leaves without doing anything.
#[must_use]
pub fn button_group(buttons: &[Button], cancel: Option<(&str, &str)>) -> Markup {
    html! {
        div.govuk-button-group {
            @for button in buttons { (button) }
            @if let Some((words, href)) = cancel { a.govuk-link href=(href) { (words) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_which_it_is_and_guards_against_a_double_press() {
        assert_eq!(
            Button::secondary("Save <draft>").sends("then", "draft").render().into_string(),
            "<button type=\"submit\" class=\"govuk-button govuk-button--secondary\" name=\"then\" value=\"draft\" \
             data-module=\"govuk-button\" data-prevent-double-click=\"true\">Save &lt;draft&gt;</button>"
        );
        assert!(!Button::main("Show").repeatable().render().into_string().contains("double"));
    }

    #[test]
    fn a_group_offers_a_way_out() {
        let text = button_group(&[Button::main("Save")], Some(("Cancel", "/back"))).into_string();
        assert!(text.ends_with("<a class=\"govuk-link\" href=\"/back\">Cancel</a></div>"));
    }
}
