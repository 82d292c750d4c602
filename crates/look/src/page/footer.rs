//! The product footer.

use maud::{Markup, html};

/// Footer landmark: help, accessibility, privacy, and the source of the running program, which the licence (AGPL) asks every
/// server to offer to the people who use it; and the licences of what came from others, which ask to go along.
pub(super) fn footer(source_href: &str, licences: Option<&str>) -> Markup {
    let source = if source_href.is_empty() { "/source" } else { source_href };
    html! {
        footer class="govuk-template__footer kf-footer" {
            div.govuk-footer {
                div.govuk-width-container {
                    div.govuk-footer__meta {
                        div class="govuk-footer__meta-item govuk-footer__meta-item--grow" {
                            h2.govuk-visually-hidden { "Support links" }
                            ul.govuk-footer__inline-list {
                                @for (words, href) in [
                                    ("Services near you", "/services"),
                                    ("What we publish", "/published"),
                                    ("Help", "/help"),
                                    ("Accessibility", "/accessibility"),
                                    ("Privacy", "/privacy"),
                                    ("Source code (AGPL)", source),
                                ] {
                                    li.govuk-footer__inline-list-item {
                                        a.govuk-footer__link href=(href) { (words) }
                                    }
                                }
                                @if let Some(href) = licences {
                                    li.govuk-footer__inline-list-item {
                                        a.govuk-footer__link href=(href) { "Licences" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
