//! Two texts side by side: when two people changed the same thing, or a text and its correction.

use maud::{Markup, html};

/// One of the two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What it is ("Saved now", "What you wrote").
    pub title: String,
    /// Who and when.
    pub who: String,
    /// The text, with its line breaks.
    pub text: String,
}

/// The two, `theirs` (what is saved) first.
#[must_use]
pub fn compare(theirs: &Side, mine: &Side) -> Markup {
    html! {
        div.kf-compare {
            (side("kf-compare__side kf-compare__side--theirs", theirs))
            (side("kf-compare__side kf-compare__side--mine", mine))
        }
    }
}

fn side(class: &str, side: &Side) -> Markup {
    html! {
        section class=(class) aria-label=(side.title) {
            h2.govuk-heading-m { (side.title) }
            p.kf-compare__who { (side.who) }
            div.kf-compare__text { (side.text) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_are_there_in_full() {
        let one = Side { title: "Saved now".into(), who: "Jo Bell".into(), text: "Line 1\nline <2>".into() };
        let two = Side { title: "What you wrote".into(), who: "You".into(), text: "Other".into() };
        let text = compare(&one, &two).into_string();
        assert!(text.contains("Line 1\nline &lt;2&gt;") && text.contains("Other"));
        assert!(text.find("Line 1") < text.find("Other"));
    }
}
