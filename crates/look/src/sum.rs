//! The sum: how a date was worked out, open to anybody who asks.

use crate::date;
use crate::tag::{Colour, badge};
use jiff::civil::Date;
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

/// How sure we are that a rule says what its source says. The letters are those of the rule files, and so are the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// The official text, or the text named, was read.
    A,
    /// A secondary source was read.
    B,
    /// Not verified: still to be checked against its source, or a figure of our own where the source has none.
    M,
    /// A published specification, or practice, was inspected or run; not the law.
    L,
}

impl Confidence {
    /// The words shown.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::A => "Checked against the text of its source",
            Self::B => "Checked against a secondary source",
            Self::M => "Unverified: not yet checked against its source, or a figure of our own",
            Self::L => "Checked against a published specification or in practice, not against the law",
        }
    }

    /// The confidence a rule file's letter stands for; a letter nobody knows counts as not checked.
    #[must_use]
    pub fn from_letter(letter: &str) -> Self {
        match letter {
            "A" => Self::A,
            "B" => Self::B,
            "L" => Self::L,
            _ => Self::M,
        }
    }

    const fn slug(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::M => "m",
            Self::L => "l",
        }
    }
}

impl Render for Confidence {
    fn render(&self) -> Markup {
        html! { span class=(format!("kf-confidence kf-confidence--{}", self.slug())) { (self.words()) } }
    }
}

/// Whose rule it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layer {
    /// The guidance that comes with Kinfold.
    #[default]
    National,
    /// This authority's own, named.
    Local(String),
}

/// The working behind a date.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The steps, one a line, from the start to the count ("Came into care Tue 1 December 2026", "20 working days after").
    pub lines: Vec<String>,
    /// Days left out, with their names ("Christmas Day").
    pub skipped: Vec<(Date, String)>,
    /// The answer ("Thu 31 December 2026").
    pub result: String,
    /// The law ("CPPCR 2010 reg 33(1)").
    pub citation: String,
    /// Plain title of the rule, and its address in the guidance where there is one.
    pub rule: String,
    /// Address of the rule's page.
    pub rule_href: Option<String>,
    /// Version of the rule.
    pub version: String,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// Whose rule it is.
    pub layer: Layer,
    /// What the answer is, in a word or two, to complete "How we worked out …" ("the date of the first review").
    pub what: String,
}

impl Render for Sum {
    fn render(&self) -> Markup {
        html! {
            details class="govuk-details kf-sum" {
                summary.govuk-details__summary {
                    span.govuk-details__summary-text {
                        "How we worked this out" span.govuk-visually-hidden { ": " (self.what) }
                    }
                }
                div.govuk-details__text {
                    ol.kf-sum__lines { @for line in &self.lines { li { (line) } } }
                    @if !self.skipped.is_empty() {
                        p { "Not counted:" }
                        ul.kf-sum__skipped {
                            @for (day, name) in &self.skipped { li { (date::long_element(*day)) ", " (name) } }
                        }
                    }
                    p.kf-sum__result { (self.result) }
                    p.kf-sum__law { "Law: " (self.citation) }
                    p.kf-sum__meta {
                        "Rule: "
                        @if let Some(href) = &self.rule_href { a.govuk-link href=(href) { (self.rule) } } @else { (self.rule) }
                        ", version " (self.version) ". " (self.confidence)
                        @if let Layer::Local(name) = &self.layer {
                            " " strong.kf-local { (badge("Local rule", Colour::Purple)) span.govuk-visually-hidden { " of " } " " (name) }
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
    use jiff::civil::date;

    fn sum() -> Sum {
        Sum {
            lines: vec!["Came into care Tue 1 December 2026".into(), "20 working days after <that>".into()],
            skipped: vec![
                (date(2026, 12, 25), "Christmas Day".into()),
                (date(2026, 12, 28), "Boxing Day (substitute)".into()),
            ],
            result: "Thu 31 December 2026".into(),
            citation: "CPPCR 2010 reg 33(1)".into(),
            rule: "First review".into(),
            rule_href: Some("/guidance/first-review".into()),
            version: "2026-01".into(),
            confidence: Confidence::A,
            layer: Layer::National,
            what: "first review".into(),
        }
    }

    #[test]
    fn every_part_of_the_sum_is_shown_and_escaped() {
        let text = sum().render().into_string();
        for part in [
            "<li>Came into care Tue 1 December 2026</li>",
            "20 working days after &lt;that&gt;",
            "Fri 25 December 2026</time>, Christmas Day",
            "Boxing Day (substitute)",
            "<p class=\"kf-sum__result\">Thu 31 December 2026</p>",
            "Law: CPPCR 2010 reg 33(1)",
            "<a class=\"govuk-link\" href=\"/guidance/first-review\">First review</a>, version 2026-01",
            "Checked against the text of its source",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("Local rule"));
    }

    #[test]
    fn a_local_rule_says_so() {
        let text = Sum { layer: Layer::Local("Fernshire".into()), ..sum() }.render().into_string();
        assert!(text.contains("Local rule") && text.contains("Fernshire"));
    }

    #[test]
    fn an_unknown_letter_counts_as_unchecked() {
        assert_eq!(Confidence::from_letter("?"), Confidence::M);
        assert_eq!(Confidence::from_letter("A"), Confidence::A);
    }

    #[test]
    fn only_what_nobody_verified_says_so_and_says_it_first() {
        for sure in [Confidence::A, Confidence::B, Confidence::L] {
            assert!(sure.words().starts_with("Checked against"), "{sure:?}");
        }
        let text = Sum { confidence: Confidence::M, ..sum() }.render().into_string();
        assert!(text.contains("kf-confidence--m\">Unverified: "), "{text}");
    }
}
