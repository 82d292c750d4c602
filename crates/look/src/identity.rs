//! The bar at the top of every page about a child: who this child is, before anything else.

use maud::{Markup, Render, html};

/// What the bar says.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The name the child uses.
    pub name: String,
    /// Where the name leads.
    pub href: String,
    /// Short facts: what, value ("Age", "7 years").
    pub facts: Vec<(String, String)>,
    /// What everybody must see first ("Allergy: penicillin").
    pub alerts: Vec<String>,
    /// Something the child said, in their words.
    pub words: Option<String>,
}

impl Render for Identity {
    fn render(&self) -> Markup {
        html! {
            div class="moj-identity-bar kf-identity" role="region" aria-label="Child" {
                div.moj-identity-bar__container {
                    div.moj-identity-bar__details {
                        span.moj-identity-bar__title { a class="govuk-link kf-identity__name" href=(self.href) { (self.name) } }
                        @if !self.facts.is_empty() {
                            ul.kf-identity__facts {
                                @for (what, value) in &self.facts {
                                    li.kf-identity__fact { span.kf-identity__fact-name { (what) } " " (value) }
                                }
                            }
                        }
                        @for alert in &self.alerts { strong.kf-identity__alert { (alert) } " " }
                        @if let Some(words) = &self.words { p.kf-identity__words { "“" (words) "”" } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_facts_and_alerts_are_escaped_words() {
        let text = Identity {
            name: "Rowan <O'Hara>".into(),
            href: "/c/1".into(),
            facts: vec![("Age".into(), "7 years".into())],
            alerts: vec!["Allergy: nuts & seeds".into()],
            words: Some("I like trains".into()),
        }
        .render()
        .into_string();
        assert!(text.contains("Rowan &lt;O'Hara&gt;") && text.contains("nuts &amp; seeds"));
        assert!(text.contains("<span class=\"kf-identity__fact-name\">Age</span> 7 years"));
        assert!(text.contains("“I like trains”"));
    }
}
