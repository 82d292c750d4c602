//! The strands of a child's life that the ribbon and the chronology follow.

use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

/// A strand of a child's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strand {
    /// Where the child lives and with whom.
    Home,
    /// Legal status and decisions of courts.
    Law,
    /// School, college, learning.
    School,
    /// Health.
    Health,
    /// People who stay: social worker, adviser, visitor, family.
    People,
}

impl Strand {
    /// Every strand, in the order the ribbon draws them.
    pub const ALL: [Self; 5] = [Self::Home, Self::Law, Self::School, Self::Health, Self::People];

    /// Its name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Law => "Law",
            Self::School => "School",
            Self::Health => "Health",
            Self::People => "People who stay",
        }
    }

    /// The part of the class name that tells the strand.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Law => "law",
            Self::School => "school",
            Self::Health => "health",
            Self::People => "people",
        }
    }
}

impl Render for Strand {
    fn render(&self) -> Markup {
        html! { span class=(format!("kf-strand kf-strand--{}", self.slug())) { (self.word()) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strand_is_a_word() {
        assert_eq!(Strand::Law.render().into_string(), "<span class=\"kf-strand kf-strand--law\">Law</span>");
    }
}
