//! Conditions that can hold on no day of a child's life, seen without looking at days.
//!
//! Most rules are about few children: a basis nobody recorded, a spell that never was. One look at what the record holds
//! saves working out when such a condition turns.

use kinfold_guidance::{Anchor, Condition, Regime};
use smol_str::SmolStr;

use crate::view::View;

impl View<'_> {
    /// Whether the condition holds on no day. `false` says nothing.
    pub fn never(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(list) => list.iter().any(|c| self.never(c)),
            Condition::Any(list) => list.iter().all(|c| self.never(c)),
            Condition::LookedAfter(true) | Condition::Regime(Regime::Full) | Condition::CareFor(_) => {
                self.care.is_empty()
            }
            Condition::Regime(Regime::ShortBreak) => !self.short_breaks,
            Condition::LegalStatus(codes) => !self.statuses.iter().any(|s| codes.contains(&s.code)),
            Condition::PlacementType(codes) | Condition::HomeType(codes) => !self
                .placements
                .iter()
                .any(|p| codes.contains(&p.code) || p.changes.iter().any(|c| codes.contains(&c.code))),
            Condition::Basis(codes) => !self.ever_on(|basis| codes.contains(basis)),
            Condition::Location(codes) => {
                !self.placements.iter().any(|p| p.location.as_ref().is_some_and(|l| codes.contains(l)))
            }
            Condition::Placed(true) | Condition::PlacementFor(_) => self.placements.is_empty(),
            Condition::Planned(true) => !self.placements.iter().any(|p| p.planned == Some(true)),
            Condition::Spell(kinds) => !self.spells.iter().any(|s| kinds.contains(&s.kind)),
            Condition::Category(list) => !self.categories.spells.iter().any(|s| list.contains(&s.category)),
            Condition::Remand(true) => {
                !self.statuses.iter().any(|s| s.code == "J1") && !self.ever_on(|basis| basis == "remand")
            }
            Condition::Missing(true) => self.missing.is_empty(),
            Condition::Happened { events, .. } => {
                events.iter().all(|filter| self.of_kind(filter.event).is_empty())
            }
            _ => false,
        }
    }

    /// Whether there is nothing of the kind that a rule counts from. `false` says nothing.
    pub fn no_anchor(&self, anchor: &Anchor) -> bool {
        match anchor {
            Anchor::CarePeriod(_) => self.care.is_empty(),
            Anchor::Placement(_) | Anchor::Stay(_) => self.placements.is_empty(),
            Anchor::LegalStatus(..) => self.statuses.is_empty(),
            Anchor::MissingEpisode(_) => self.missing.is_empty(),
            Anchor::Spell(kind, _) => !self.spells.iter().any(|s| s.kind == *kind),
            Anchor::Category(category, _) => !self.categories.spells.iter().any(|s| s.category == *category),
            Anchor::Event(filters) => filters.iter().all(|filter| self.of_kind(filter.event).is_empty()),
            Anchor::Birthday(_) | Anchor::SchoolTerm | Anchor::Condition => false,
        }
    }

    /// Whether any home was ever on such a basis.
    fn ever_on(&self, such: impl Fn(&SmolStr) -> bool) -> bool {
        self.placements.iter().any(|p| {
            p.basis.as_ref().is_some_and(&such)
                || p.changes.iter().any(|c| c.basis.as_ref().is_some_and(&such))
        })
    }
}
