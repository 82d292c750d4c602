//! Words explained where they stand: terms of law and practice, and what a role may do.

use maud::{Markup, html};

/// A word with its meaning on request.
#[must_use]
pub fn term(word: &str, meaning: &str) -> Markup {
    html! {
        details.kf-term {
            summary { "What is " (word) "?" }
            p { (meaning) }
        }
    }
}

/// What a role is for and what it may and may not see and do, in plain sentences.
#[must_use]
pub fn role_explainer(role: &str, purpose: &str, may: &[&str], may_not: &[&str]) -> Markup {
    html! {
        div.kf-role {
            h3.govuk-heading-s { (role) }
            p.govuk-body { (purpose) }
            @for (class, title, shape, list) in
                [("kf-role__may", "May", "✓", may), ("kf-role__may-not", "May not", "–", may_not)] {
                @if !list.is_empty() {
                    p class="govuk-body govuk-!-margin-bottom-1" { strong { (title) } }
                    ul class=(format!("govuk-list {class}")) {
                        @for line in list { li { span aria-hidden="true" { (shape) " " } (line) } }
                    }
                }
            }
        }
    }
}

/// Short facts in a row.
#[must_use]
pub fn facts(facts: &[&str]) -> Markup {
    html! { ul.kf-list-facts { @for fact in facts { li { (fact) } } } }
}

/// A page's heading: a small line above that says whose or which part, the `h1`, and the sentence below.
#[must_use]
pub fn heading(caption: Option<&str>, title: &str, lead: Option<&str>) -> Markup {
    html! {
        @if let Some(caption) = caption { span class="govuk-caption-l kf-caption" { (caption) } }
        h1.govuk-heading-l { (title) }
        @if let Some(lead) = lead { p class="govuk-body kf-lead" { (lead) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_says_what_it_may_and_may_not() {
        let text = role_explainer(
            "Administrator",
            "Looks after accounts",
            &["Add people"],
            &["Read a child’s <record>"],
        )
        .into_string();
        assert!(text.contains("kf-role__may-not") && text.contains("&lt;record&gt;"));
        assert!(!role_explainer("X", "Y", &[], &[]).into_string().contains("<ul"));
    }

    #[test]
    fn words_are_escaped() {
        assert!(term("a <PEP>", "plan").into_string().contains("&lt;PEP&gt;"));
        assert!(heading(Some("<c>"), "<t>", Some("<l>")).into_string().contains("&lt;t&gt;"));
    }
}
