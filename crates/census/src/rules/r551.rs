//! # What it does
//! Flags an episode in which the child is placed for adoption (`PLACE` is `A3` to `A6`) when no decision that the
//! child should be placed for adoption is recorded, or when the row that should hold it has no date.
//!
//! # Why it matters
//! A child may only be placed for adoption once that decision has been taken. The measures of delay start from its
//! date.
//!
//! # How to put it right
//! Enter the date of the agency decision maker's decision, or correct the placement.
//!
//! # Example
//! An episode with `PLACE` = `A5`, and no row for the child in PlacedAdoption.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "551",
    title: "The child is placed for adoption, but no decision to do so is recorded.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "PLACE"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let decisions = child.placed_adoption();
    for episode in child.episodes().iter().filter(|e| e.place.is_any(&["A3", "A4", "A5", "A6"])) {
        let undated = || decisions.iter().filter(|d| d.date_placed.value().is_none());
        if decisions.is_empty() || undated().next().is_some() {
            out.flag(&episode);
            out.flag_all(undated());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_row_or_no_date() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE\n1,A5\n1,U5\n2,A3\n3,A4\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n2,\n3,01/09/2025\n")
            .flags(&[(Episodes, &[0, 2]), (PlacedAdoption, &[0])]);
    }

    #[test]
    fn a_date_or_another_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE\n1,A6\n2,U6\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/09/2025\n2,\n")
            .clean();
    }
}
