//! # What it does
//! Compares the decision that a child should be placed for adoption with the child's first start of care in the
//! return (`RNE` = `S`), and flags both rows when the decision is the earlier.
//!
//! # Why it matters
//! The decision is taken for a child who is looked after. An earlier one is a slip of the pen, or belongs to
//! another child.
//!
//! # How to put it right
//! Correct `DATE_PLACED` from the record of the agency decision maker, or the day on which care began.
//!
//! # Example
//! `DATE_PLACED` = 10/05/2025, and the child started to be looked after on 02/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1003",
    title: "The decision to place for adoption is from before the child came into care.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DECOM", "RNE"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.placed_adoption().is_empty() {
        return;
    }
    let Some(first) = child.episodes().iter().find(|e| e.starts_care() && e.decom.value().is_some()) else {
        return;
    };
    for row in child.placed_adoption() {
        if before(row.date_placed.value(), first.decom.value()) {
            out.flag(&row);
            out.flag(&first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn decided_before_care_began() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,01/09/2025,P\n1,02/06/2025,S\n2,02/06/2025,S\n2,01/09/2025,S\n",
            )
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/06/2025\n2,01/08/2025\n")
            .flags(&[(PlacedAdoption, &[0]), (Episodes, &[1])]);
    }

    #[test]
    fn on_the_day_or_later_or_began_before_this_return() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,02/06/2025,S\n2,02/06/2025,P\n3,,S\n4,02/06/2025,S\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,02/06/2025\n2,01/01/2025\n3,01/01/2025\n4,\n")
            .clean();
    }
}
