//! # What it does
//! Compares, for a child who was adopted, the decision that the child should be placed for adoption (`DATE_PLACED`)
//! with the decision that adoption is best (`DATE_INT`), and flags both rows where they are not the same day, or
//! only one of them is given.
//!
//! # Why it matters
//! They are one and the same decision. The measures of how long adoption takes start from it.
//!
//! # How to put it right
//! Look up the agency decision maker's decision and enter its date in both places.
//!
//! # Example
//! `DATE_PLACED` = 13/10/2025 with `DATE_INT` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "523",
    title: "The decision on adoption has two different dates.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DATE_INT"],
        tables: &[PlacedAdoption, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for decision in child.placed_adoption() {
        for adoption in child.ad1() {
            // A date on one side alone is not the same as none.
            if decision.date_placed.value() != adoption.date_int.value() {
                out.flag(&decision);
                out.flag(&adoption);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn two_dates_a_day_apart() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,13/10/2025\n2,13/10/2025\n3,13/10/2025\n")
            .with(Ad1, "CHILD,DATE_INT\n1,12/10/2025\n2,14/10/2025\n3,13/10/2025\n")
            .flags(&[(Ad1, &[0, 1]), (PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn a_date_on_one_side_alone() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,13/10/2025\n2,\n")
            .with(Ad1, "CHILD,DATE_INT\n1,\n2,14/10/2025\n")
            .flags(&[(Ad1, &[0, 1]), (PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn no_dates_or_another_child() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,\n2,13/10/2025\n")
            .with(Ad1, "CHILD,DATE_INT\n1,\n3,12/10/2025\n")
            .clean();
    }
}
