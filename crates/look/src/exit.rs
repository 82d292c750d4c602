//! "Exit this page", for pages a child or young person may have to leave quickly.

use maud::{Markup, html};

/// GOV.UK "Exit this page" button, leading to `href` (a harmless site). Works as a link without script.
#[must_use]
pub fn exit_this_page(href: &str) -> Markup {
    html! {
        div.govuk-exit-this-page data-module="govuk-exit-this-page" {
            a href=(href) role="button" draggable="false"
                class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
                data-module="govuk-button" rel="nofollow noreferrer" {
                span.govuk-visually-hidden { "Emergency" } " Exit this page"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leaves_no_referrer() {
        let text = exit_this_page("https://www.example.org/weather").into_string();
        assert!(
            text.contains("rel=\"nofollow noreferrer\"")
                && text.contains("href=\"https://www.example.org/weather\"")
        );
    }
}
