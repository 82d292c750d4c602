//! Conditions that can hold on no day of a child's life, seen without looking at days.
//!
//! One look at what the record holds saves working out when such a condition turns.

use kinfold_guidance::{Condition, Regime};
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
            Condition::Happened { events, .. } => !events.iter().any(|filter| self.any_fits(filter)),
            _ => false,
        }
    }

    /// Whether any home was ever on such a basis.
    pub fn ever_on(&self, such: impl Fn(&SmolStr) -> bool) -> bool {
        self.placements.iter().any(|p| {
            p.basis.as_ref().is_some_and(&such)
                || p.changes.iter().any(|c| c.basis.as_ref().is_some_and(&such))
        })
    }
}
