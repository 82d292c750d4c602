//! The filter panel: a form that sends by GET, so that a filtered list has an address to keep and share.
//!
//! Because it has an address, a filter never takes a child's name or anything from which one could be guessed.

use maud::{Markup, html};

/// A filter that is on, with the address of the same list without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What it filters by ("Team").
    pub category: String,
    /// Each value that is on: words, and the address without it.
    pub values: Vec<(String, String)>,
}

/// MOJ filter beside a list.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Address of the list, without a query.
    pub action: String,
    /// Filters that are on.
    pub chosen: Vec<Chosen>,
    /// The fields.
    pub fields: Markup,
    /// What else the address carries (order, tab): name and value.
    pub keep: Vec<(String, String)>,
}

impl Filter {
    /// The panel and, beside it, the list.
    #[must_use]
    pub fn beside(&self, list: &Markup) -> Markup {
        html! {
            div.kf-with-filter {
                div.kf-with-filter__filter { (self.panel()) }
                div.kf-with-filter__list {
                    // On paper there is no panel, and figures without their filters would mislead.
                    p class="govuk-body kf-print-only" { (self.words()) }
                    (list)
                }
            }
        }
    }

    /// What is chosen, in a line.
    fn words(&self) -> String {
        let chosen: Vec<String> = self
            .chosen
            .iter()
            .filter(|c| !c.values.is_empty())
            .map(|c| {
                let values: Vec<&str> = c.values.iter().map(|(words, _)| words.as_str()).collect();
                format!("{} {}", c.category, values.join(" or "))
            })
            .collect();
        if chosen.is_empty() { "Filters: none".to_owned() } else { format!("Filters: {}", chosen.join(", ")) }
    }

    /// The panel alone: folded, with what is chosen in its summary. Where there is room beside the list, the style sheet
    /// opens it.
    #[must_use]
    pub fn panel(&self) -> Markup {
        let on: usize = self.chosen.iter().map(|c| c.values.len()).sum();
        html! {
            details.kf-filter__fold {
                summary { (self.words()) }
                form class="kf-filter moj-filter" action=(self.action) method="get" {
                    div.moj-filter__content {
                        h2 class="govuk-heading-m kf-filter__title" { "Filter" }
                        @if on > 0 { (self.selected()) }
                        div.moj-filter__options {
                            @for (name, value) in &self.keep { (crate::form::hidden(name, value)) }
                            button.govuk-button type="submit" data-module="govuk-button" { "Apply filters" }
                            (self.fields)
                        }
                    }
                }
            }
        }
    }

    fn selected(&self) -> Markup {
        html! {
            div.moj-filter__selected {
                div.moj-filter__selected-heading {
                    div.moj-filter__heading-title { h2.govuk-heading-m { "Selected filters" } }
                    div.moj-filter__heading-action {
                        p { a class="govuk-link govuk-link--no-visited-state" href=(self.action) { "Clear filters" } }
                    }
                }
                @for chosen in &self.chosen {
                    h3 class="govuk-heading-s govuk-!-margin-bottom-0" { (chosen.category) }
                    ul.moj-filter-tags {
                        @for (words, href) in &chosen.values {
                            li {
                                a.moj-filter__tag href=(href) {
                                    span.govuk-visually-hidden { "Remove this filter" } " " (words)
                                }
                            }
                        }
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
    fn a_filter_has_an_address_and_can_be_taken_off_again() {
        let filter = Filter {
            action: "/board".into(),
            chosen: vec![Chosen {
                category: "Team".into(),
                values: vec![("North & East".into(), "/board?age=5".into())],
            }],
            fields: html! { "fields" },
            keep: vec![("sort".into(), "due".into())],
        };
        let text = filter.panel().into_string();
        assert!(text.contains("action=\"/board\" method=\"get\""));
        assert!(text.contains("href=\"/board?age=5\"><span class=\"govuk-visually-hidden\">Remove this filter</span> North &amp; East"));
        assert!(text.contains("name=\"sort\" value=\"due\""));
        assert!(text.contains(
            "<details class=\"kf-filter__fold\"><summary>Filters: Team North &amp; East</summary>"
        ));
        let page = filter.beside(&html! { "list" }).into_string();
        assert!(page.contains("kf-print-only\">Filters: Team North &amp; East</p>list"));
        let none = Filter { chosen: vec![], ..filter }.panel().into_string();
        assert!(!none.contains("Selected filters") && none.contains("<summary>Filters: none</summary>"));
    }
}
