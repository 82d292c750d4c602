//! Fieldset and legend.

use maud::{Markup, html};

/// Legend of a group of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    words: String,
    size: Option<&'static str>,
    heading: bool,
}

impl Legend {
    /// A legend in ordinary size.
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), size: None, heading: false }
    }

    /// A legend in bold: a question among others on a page.
    pub fn medium(words: impl Into<String>) -> Self {
        Self { size: Some("m"), ..Self::new(words) }
    }

    /// A small bold legend: in filters and dense forms.
    pub fn small(words: impl Into<String>) -> Self {
        Self { size: Some("s"), ..Self::new(words) }
    }

    /// A legend that is the page's heading (one question on the page).
    pub fn heading(words: impl Into<String>) -> Self {
        Self { size: Some("l"), heading: true, ..Self::new(words) }
    }
}

impl<T: Into<String>> From<T> for Legend {
    fn from(words: T) -> Self {
        Self::new(words)
    }
}

/// GOV.UK fieldset.
#[must_use]
pub fn fieldset(legend: &Legend, described_by: Option<&str>, content: &Markup) -> Markup {
    html! {
        fieldset.govuk-fieldset aria-describedby=[described_by] {
            (draw(legend))
            (content)
        }
    }
}

/// The legend alone, for fieldsets that carry a role of their own.
pub(super) fn draw(legend: &Legend) -> Markup {
    let class = legend.size.map_or_else(
        || "govuk-fieldset__legend".to_owned(),
        |size| format!("govuk-fieldset__legend govuk-fieldset__legend--{size}"),
    );
    html! {
        legend class=(class) {
            @if legend.heading { h1.govuk-fieldset__heading { (legend.words) } } @else { (legend.words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_legend_is_the_h1() {
        assert_eq!(
            fieldset(&Legend::heading("Who <was> there?"), None, &html! { "x" }).into_string(),
            "<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend govuk-fieldset__legend--l\">\
             <h1 class=\"govuk-fieldset__heading\">Who &lt;was&gt; there?</h1></legend>x</fieldset>"
        );
    }
}
