//! The pathway row: a hand-off from one service to the next, with the one who holds it named.

use crate::classes;
use maud::{Markup, Render, html};

/// The steps a health assessment goes through, in order.
pub const HEALTH_STEPS: [&str; 6] = ["Told", "Consent", "Booked", "Seen", "Report back", "Shared"];

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done.
    Done,
    /// Being done now.
    Now,
    /// Waiting too long for somebody.
    Stuck,
    /// Still to come.
    Ahead,
    /// Not needed this time.
    Skipped,
}

impl Standing {
    const fn slug(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Stuck => "stuck",
            Self::Ahead => "ahead",
            Self::Skipped => "skipped",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Now => "◔",
            Self::Stuck => "‖",
            Self::Ahead => "○",
            Self::Skipped => "–",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now with",
            Self::Stuck => "stuck with",
            Self::Ahead => "to come",
            Self::Skipped => "not needed",
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the step.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// Who did it or holds it: a person and their service.
    pub who: Option<String>,
    /// When it was done, or since when it waits ("since 3 Dec 2026").
    pub when: Option<String>,
    /// Why it is stuck, in words.
    pub why: Option<String>,
}

impl Step {
    /// A step still to come.
    pub fn ahead(name: impl Into<String>) -> Self {
        Self { name: name.into(), standing: Standing::Ahead, who: None, when: None, why: None }
    }

    /// A step that stands as told, with who and when.
    pub fn new(
        name: impl Into<String>,
        standing: Standing,
        who: impl Into<String>,
        when: impl Into<String>,
    ) -> Self {
        Self { standing, who: Some(who.into()), when: Some(when.into()), ..Self::ahead(name) }
    }

    /// Says why it is stuck.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }
}

/// The row. `label` says what is handed on ("Initial health assessment").
#[must_use]
pub fn pathway_row(label: &str, steps: &[Step]) -> Markup {
    html! { ol.kf-pathway aria-label=(label) { @for step in steps { (step) } } }
}

impl Render for Step {
    fn render(&self) -> Markup {
        let class = classes(&["kf-pathway__step", &format!("kf-pathway__step--{}", self.standing.slug())]);
        // "stuck" alone would leave the reader asking with whom: an unnamed holder is said to be nobody.
        let holder = match (self.standing, &self.who) {
            (Standing::Now | Standing::Stuck, None) => Some("nobody named"),
            (_, who) => who.as_deref(),
        };
        html! {
            li class=(class) aria-current=[matches!(self.standing, Standing::Now | Standing::Stuck).then_some("step")] {
                span.kf-pathway__shape aria-hidden="true" { (self.standing.shape()) } " "
                span.kf-pathway__name { (self.name) } " "
                span.kf-pathway__standing { (self.standing.word()) } " "
                @if let Some(who) = holder { span.kf-pathway__who { (who) } " " }
                @if let Some(when) = &self.when { span.kf-pathway__when { (when) } }
                @if let Some(why) = &self.why { p.kf-pathway__why { (why) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stuck_step_names_who_holds_it_since_when_and_why() {
        let text = pathway_row(
            "Initial health assessment",
            &[
                Step::new("Told", Standing::Done, "Amina Yusuf", "1 Dec 2026"),
                Step::new("Consent", Standing::Stuck, "Mother <her>", "since 2 Dec 2026")
                    .because("Form not returned"),
                Step::ahead("Booked"),
            ],
        )
        .into_string();
        assert!(text.starts_with("<ol class=\"kf-pathway\" aria-label=\"Initial health assessment\">"));
        assert!(text.contains(
            "<span class=\"kf-pathway__standing\">stuck with</span> <span class=\"kf-pathway__who\">Mother &lt;her&gt;</span>"
        ));
        assert!(text.contains("since 2 Dec 2026") && text.contains("Form not returned"));
        assert_eq!(text.matches("aria-current=\"step\"").count(), 1);
    }

    #[test]
    fn nobody_holding_a_stuck_step_is_said() {
        let step = Step { standing: Standing::Stuck, ..Step::ahead("Booked") };
        assert!(step.render().into_string().contains("nobody named"));
    }
}
