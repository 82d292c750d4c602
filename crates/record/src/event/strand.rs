//! The strands of a child's life.

use serde::{Deserialize, Serialize};

/// The strand of a child's life an event belongs to: the bands of the ribbon and the filters of the chronology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strand {
    /// Who the child is.
    Identity,
    /// Where the child lives and who cares for them.
    Home,
    /// Legal status, courts, approvals and notices.
    Law,
    /// Plans, reviews and visits.
    Care,
    /// Health and wellbeing.
    Health,
    /// School and learning.
    School,
    /// People who stay: the circle.
    People,
    /// Safety: missing, restrictions.
    Safety,
    /// From sixteen: leaving care.
    Leaving,
    /// Carers and homes that children live with.
    Carers,
    /// The record itself: notes, excuses, withdrawals.
    Record,
}

impl Strand {
    /// Every strand in the order the ribbon draws them.
    pub const ALL: [Self; 11] = [
        Self::Home,
        Self::Law,
        Self::Care,
        Self::School,
        Self::Health,
        Self::People,
        Self::Safety,
        Self::Leaving,
        Self::Identity,
        Self::Carers,
        Self::Record,
    ];

    /// Name in filters and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Home => "home",
            Self::Law => "law",
            Self::Care => "care",
            Self::Health => "health",
            Self::School => "school",
            Self::People => "people",
            Self::Safety => "safety",
            Self::Leaving => "leaving",
            Self::Carers => "carers",
            Self::Record => "record",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Identity => "Who the child is",
            Self::Home => "Home",
            Self::Law => "Law",
            Self::Care => "Plans, reviews and visits",
            Self::Health => "Health",
            Self::School => "School",
            Self::People => "People",
            Self::Safety => "Safety",
            Self::Leaving => "Leaving care",
            Self::Carers => "Carers and homes",
            Self::Record => "The record",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}
