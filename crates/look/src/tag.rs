//! Small words in boxes: tags, badges, counts.

use maud::{Markup, html};

/// Colours a GOV.UK tag may have. A tag's meaning is always in its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// The plain tag.
    #[default]
    Plain,
    /// Grey.
    Grey,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
}

impl Colour {
    const fn slug(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Grey => Some("grey"),
            Self::Green => Some("green"),
            Self::Teal => Some("teal"),
            Self::Blue => Some("blue"),
            Self::Purple => Some("purple"),
            Self::Red => Some("red"),
            Self::Orange => Some("orange"),
            Self::Yellow => Some("yellow"),
        }
    }
}

fn class(base: &str, colour: Colour) -> String {
    colour.slug().map_or_else(|| base.to_owned(), |slug| format!("{base} {base}--{slug}"))
}

/// GOV.UK tag.
#[must_use]
pub fn tag(words: &str, colour: Colour) -> Markup {
    html! { strong class=(class("govuk-tag", colour)) { (words) } }
}

/// MOJ badge: a fact about a person or a record that must catch the eye.
#[must_use]
pub fn badge(words: &str, colour: Colour) -> Markup {
    // MOJ has no such colours for badges; its plain badge says the same.
    let colour = match colour {
        Colour::Teal | Colour::Orange | Colour::Yellow => Colour::Plain,
        other => other,
    };
    html! { span class=(class("moj-badge", colour)) { (words) } }
}

/// MOJ notification badge: a count with the words that explain it ("late"). Nothing for 0.
#[must_use]
pub fn notification_badge(count: u32, meaning: &str) -> Markup {
    let (shown, said) = if count > 99 {
        ("99+".to_owned(), "more than 99".to_owned())
    } else {
        (count.to_string(), count.to_string())
    };
    html! {
        @if count > 0 {
            span.moj-notification-badge {
                span aria-hidden="true" { (shown) }
                span.govuk-visually-hidden { "(" (said) " " (meaning) ")" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_and_badge_have_the_published_shape() {
        assert_eq!(
            tag("Draft", Colour::Blue).into_string(),
            "<strong class=\"govuk-tag govuk-tag--blue\">Draft</strong>"
        );
        assert_eq!(tag("<", Colour::Plain).into_string(), "<strong class=\"govuk-tag\">&lt;</strong>");
        assert_eq!(
            badge("Local", Colour::Red).into_string(),
            "<span class=\"moj-badge moj-badge--red\">Local</span>"
        );
    }

    #[test]
    fn a_count_is_heard_with_its_meaning_and_zero_is_silent() {
        assert_eq!(notification_badge(0, "late").into_string(), "");
        assert!(notification_badge(3, "late").into_string().contains("(3 late)"));
        assert!(notification_badge(140, "late").into_string().contains("99+"));
    }
}
