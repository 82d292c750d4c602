//! # What it does
//! Flags a decision that the child should be placed for adoption that has no end although a later one is recorded.
//!
//! # Why it matters
//! There is one plan for a child at a time. The later decision means that the earlier one no longer stands.
//!
//! # How to put it right
//! Check that both decisions were taken. If so, enter the date on which the earlier one was taken back, and why; it
//! may be in last year's return. If not, take one row out.
//!
//! # Example
//! A decision of 02/06/2025 without an end, and another of 03/07/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "583",
    title: "There is a later adoption decision, but the earlier one was not taken back.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let decisions = child.placed_adoption();
    let newest = decisions.iter().filter_map(|d| d.date_placed.value()).max();
    for decision in decisions {
        let superseded = before(decision.date_placed.value(), newest);
        out.flag_if(superseded && decision.date_placed_ceased.value().is_none(), &decision);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_later_one_and_no_end() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,03/07/2025,\n1,02/06/2025,\n1,02/05/2025,01/06/2025\n").flags(&[(PlacedAdoption, &[1])]);
    }

    #[test]
    fn the_last_one_may_stand() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,03/07/2025,\n1,02/06/2025,03/07/2025\n2,02/06/2025,\n2,,\n").clean();
    }
}
