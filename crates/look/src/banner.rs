//! Things said to the reader beside the body: notification banners, warnings, insets, panels, details.

use maud::{Markup, Render, html};

/// What has just happened, shown once at the top of the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flash {
    /// Something was done.
    Success(String),
    /// Something the reader needs to know.
    Important(String),
}

impl Render for Flash {
    fn render(&self) -> Markup {
        match self {
            Self::Success(words) => {
                success_banner(&html! { p.govuk-notification-banner__heading { (words) } })
            }
            Self::Important(words) => {
                important_banner(&html! { p.govuk-notification-banner__heading { (words) } })
            }
        }
    }
}

/// GOV.UK success banner. At most one on a page: it takes focus when the page opens.
#[must_use]
pub fn success_banner(content: &Markup) -> Markup {
    banner("Success", true, true, content)
}

/// GOV.UK notification banner ("Important"). At most one on a page.
#[must_use]
pub fn important_banner(content: &Markup) -> Markup {
    banner("Important", false, false, content)
}

/// GOV.UK notification banner ("Important") that takes focus when the page opens: something to look at before going on
/// with the form below it. At most one on a page.
#[must_use]
pub fn asking_banner(content: &Markup) -> Markup {
    banner("Important", false, true, content)
}

fn banner(title: &str, success: bool, takes_focus: bool, content: &Markup) -> Markup {
    html! {
        div.govuk-notification-banner.govuk-notification-banner--success[success]
            role=(if takes_focus { "alert" } else { "region" })
            aria-labelledby="govuk-notification-banner-title" data-module="govuk-notification-banner" {
            div.govuk-notification-banner__header {
                h2.govuk-notification-banner__title #govuk-notification-banner-title { (title) }
            }
            div.govuk-notification-banner__content { (content) }
        }
    }
}

/// GOV.UK warning text: something that has consequences.
#[must_use]
pub fn warning(words: &str) -> Markup {
    html! {
        div.govuk-warning-text {
            span.govuk-warning-text__icon aria-hidden="true" { "!" }
            strong.govuk-warning-text__text {
                span.govuk-visually-hidden { "Warning" } " " (words)
            }
        }
    }
}

/// GOV.UK inset text.
#[must_use]
pub fn inset(content: &impl Render) -> Markup {
    html! { div.govuk-inset-text { (content) } }
}

/// GOV.UK confirmation panel; it holds the page's `h1`.
#[must_use]
pub fn panel(title: &str, body: &impl Render) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1.govuk-panel__title { (title) }
            div.govuk-panel__body { (body) }
        }
    }
}

/// GOV.UK details: something only some readers need. `open` opens it in the markup.
#[must_use]
pub fn details(summary: &str, content: &impl Render, open: bool) -> Markup {
    html! {
        details.govuk-details open[open] {
            summary.govuk-details__summary { span.govuk-details__summary-text { (summary) } }
            div.govuk-details__text { (content) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_speaks_at_once_and_important_is_a_region() {
        let success = Flash::Success("Visit saved".into()).render().into_string();
        assert!(success.starts_with(
            "<div class=\"govuk-notification-banner govuk-notification-banner--success\" role=\"alert\" \
             aria-labelledby=\"govuk-notification-banner-title\""
        ));
        let important = Flash::Important("Rules changed".into()).render().into_string();
        assert!(important.contains("role=\"region\"") && !important.contains("--success"));
        let asking = asking_banner(&html! { "Look" }).into_string();
        assert!(asking.contains("role=\"alert\"") && !asking.contains("--success"));
    }

    #[test]
    fn words_are_escaped() {
        for text in [
            Flash::Important("<i>".into()).render(),
            warning("<i>"),
            inset(&"<i>"),
            panel("<i>", &"<i>"),
            details("<i>", &"<i>", false),
        ] {
            assert!(!text.into_string().contains("<i>"));
        }
    }

    #[test]
    fn details_open_only_when_asked() {
        assert!(
            details("Help", &"x", true).into_string().starts_with("<details class=\"govuk-details\" open>")
        );
        assert!(details("Help", &"x", false).into_string().starts_with("<details class=\"govuk-details\">"));
    }
}
