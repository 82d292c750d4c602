//! Summary lists and summary cards: facts, and answers to check before sending.

use maud::{Markup, Render, html};

/// One row of a summary list.
#[derive(Clone, Debug)]
pub struct Fact {
    key: String,
    value: Markup,
    actions: Vec<(String, String, String)>,
}

impl Fact {
    /// A fact.
    pub fn new(key: impl Into<String>, value: impl Render) -> Self {
        Self { key: key.into(), value: value.render(), actions: Vec::new() }
    }

    /// Adds a link: "Change", its address, and the words that complete it for somebody who only hears it ("date of the visit").
    #[must_use]
    pub fn link(
        mut self,
        words: impl Into<String>,
        href: impl Into<String>,
        completes: impl Into<String>,
    ) -> Self {
        self.actions.push((words.into(), href.into(), completes.into()));
        self
    }

    /// Adds a "Change" link.
    #[must_use]
    pub fn change(self, href: impl Into<String>) -> Self {
        let completes = self.key.to_lowercase();
        self.link("Change", href, completes)
    }
}

/// GOV.UK summary list.
#[must_use]
pub fn summary_list(facts: &[Fact]) -> Markup {
    let any = facts.iter().any(|fact| !fact.actions.is_empty());
    html! {
        dl.govuk-summary-list {
            @for fact in facts {
                div.govuk-summary-list__row.govuk-summary-list__row--no-actions[any && fact.actions.is_empty()] {
                    dt.govuk-summary-list__key { (fact.key) }
                    dd.govuk-summary-list__value { (fact.value) }
                    @if !fact.actions.is_empty() { dd.govuk-summary-list__actions { (links(&fact.actions)) } }
                }
            }
        }
    }
}

fn links(actions: &[(String, String, String)]) -> Markup {
    let one = |(words, href, completes): &(String, String, String)| {
        html! { a.govuk-link href=(href) { (words) span.govuk-visually-hidden { " " (completes) } } }
    };
    html! {
        @match actions {
            [only] => (one(only)),
            several => {
                ul.govuk-summary-list__actions-list {
                    @for action in several { li.govuk-summary-list__actions-list-item { (one(action)) } }
                }
            }
        }
    }
}

/// GOV.UK summary card: a titled summary list with links of its own (words, address).
#[must_use]
pub fn summary_card(title: &str, actions: &[(&str, &str)], facts: &[Fact]) -> Markup {
    html! {
        div.govuk-summary-card {
            div.govuk-summary-card__title-wrapper {
                h2.govuk-summary-card__title { (title) }
                @if !actions.is_empty() {
                    ul.govuk-summary-card__actions {
                        @for (words, href) in actions {
                            li.govuk-summary-card__action {
                                a.govuk-link href=(href) { (words) span.govuk-visually-hidden { " (" (title) ")" } }
                            }
                        }
                    }
                }
            }
            div.govuk-summary-card__content { (summary_list(facts)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_link_says_what_it_changes() {
        let text =
            summary_list(&[Fact::new("Date of visit", "1 <Dec>").change("/edit"), Fact::new("Seen", "Yes")])
                .into_string();
        assert!(text.contains(
            "<a class=\"govuk-link\" href=\"/edit\">Change<span class=\"govuk-visually-hidden\"> date of visit</span></a>"
        ));
        assert!(text.contains("1 &lt;Dec&gt;"));
        assert_eq!(text.matches("--no-actions").count(), 1);
    }

    #[test]
    fn without_links_no_room_is_kept_for_them() {
        assert!(!summary_list(&[Fact::new("Seen", "Yes")]).into_string().contains("no-actions"));
    }

    #[test]
    fn several_links_are_a_list_and_a_card_names_itself() {
        let fact = Fact::new("Plan", "Draft").change("/a").link("Delete", "/b", "plan");
        let text = summary_card("School", &[("Add", "/add")], &[fact]).into_string();
        assert_eq!(text.matches("govuk-summary-list__actions-list-item").count(), 2);
        assert!(text.contains("Add<span class=\"govuk-visually-hidden\"> (School)</span>"));
    }
}
