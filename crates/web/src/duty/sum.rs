//! The sum behind a duty's date.

use kinfold_casework::Book;
use kinfold_guidance::{LayerName, Rule};
use kinfold_look::sum::{Confidence, Layer, Sum};
use kinfold_look::{Markup, date, html};
use kinfold_pathway::{Duty, working_lines};

/// Opens to how the date was worked out, with the law, the version of the rule and how sure we are.
pub(crate) fn sum(duty: &Duty, rule: &Rule, book: &Book) -> Markup {
    html! {
        (Sum {
            lines: working_lines(duty, &book.rules),
            skipped: Vec::new(),
            result: date::long(duty.due_on),
            citation: rule.source.cite.clone(),
            rule: rule.title.to_string(),
            rule_href: Some(format!("/guidance/{}", rule.id)),
            version: rule.version.to_string(),
            confidence: Confidence::from_letter(rule.confidence.as_str()),
            layer: match &rule.origin.layer {
                LayerName::National => Layer::National,
                LayerName::Local(name) => Layer::Local(name.to_string()),
            },
            what: format!("{}, due {}", rule.title, date::short(duty.due_on)),
        })
    }
}

#[cfg(test)]
mod tests {
    use kinfold_guidance::Confidence as Ours;

    use super::*;

    #[test]
    fn a_sum_and_a_rules_page_say_the_same_of_how_sure_we_are() {
        for sure in [Ours::A, Ours::B, Ours::L, Ours::M] {
            assert_eq!(Confidence::from_letter(sure.as_str()).words(), sure.words());
        }
    }
}
