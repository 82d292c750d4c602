//! # What it does
//! Flags a decision that the child should be placed for adoption that is taken while an earlier one still stands:
//! the earlier one has no end, or a later one.
//!
//! # Why it matters
//! There is one plan for a child at a time. Overlapping decisions make the waiting time unknowable.
//!
//! # How to put it right
//! Enter the date on which the earlier decision was taken back, and why; or take out the row that is one too many.
//!
//! # Example
//! One decision of 02/06/2025 taken back on 04/08/2025, and another of 03/07/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "579",
    title: "A new adoption decision was taken while the old one still stood.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let decisions = child.placed_adoption();
    for (i, decision) in decisions.iter().enumerate() {
        let Some(taken) = decision.date_placed.value() else { continue };
        let stood = decisions
            .iter()
            .take(i)
            .any(|earlier| earlier.date_placed_ceased.value().is_none_or(|end| taken < end));
        out.flag_if(stood, &decision);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_old_one_stood() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,03/07/2025,\n1,02/06/2025,04/08/2025\n2,02/06/2025,\n2,03/07/2025,04/08/2025\n").flags(&[(PlacedAdoption, &[0, 3])]);
    }

    #[test]
    fn the_old_one_was_taken_back_first() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,03/07/2025,\n1,02/06/2025,03/07/2025\n2,,04/08/2025\n2,,\n").clean();
    }
}
