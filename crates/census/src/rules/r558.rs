//! # What it does
//! Flags both rows of a child who was adopted (`REC` = `E11` or `E12`) and whose decision to be placed for adoption
//! was taken back (`DATE_PLACED_CEASED` is filled in).
//!
//! # Why it matters
//! An adoption is what the decision was for: it came to its end, and was not taken back.
//!
//! # How to put it right
//! Clear the date and the reason in PlacedAdoption, or correct the reason for which the child left care.
//!
//! # Example
//! An episode ends with `REC` = `E12`, and `DATE_PLACED_CEASED` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "558",
    title: "The child was adopted, yet the decision to place for adoption was taken back.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED_CEASED", "REC"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E11", "E12"])) {
        for decision in child.placed_adoption() {
            if !decision.date_placed_ceased.is_blank() {
                out.flag(&episode);
                out.flag(&decision);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn adopted_after_all() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REC\n1,X1\n1,E11\n2,E12\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,01/09/2025\n2,01/09/2025\n")
            .flags(&[(Episodes, &[1, 2]), (PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn the_decision_stood_or_the_child_left_otherwise() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REC\n1,E11\n2,E4A\n3,E12\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,\n2,01/09/2025\n")
            .clean();
    }
}
