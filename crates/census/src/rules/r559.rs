//! # What it does
//! Flags a decision that the child should be placed for adoption that is dated before the start of the collection
//! year, when last year's return gives no such date for the child.
//!
//! # Why it matters
//! A decision of an earlier year belongs in that year's return. Either the date is wrong, or the decision was
//! reported late.
//!
//! # How to put it right
//! Correct the date. If it is right, tell the department that last year's return was incomplete.
//!
//! # Example
//! `DATE_PLACED` = 12/02/2025 in the return for 2025-26, and no row for the child in last year's PlacedAdoption.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "559",
    title: "An earlier year's adoption decision was not in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED"],
        tables: &[PlacedAdoption],
        last: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let told = child.last().placed_adoption().iter().any(|d| d.date_placed.value().is_some());
    for row in child.placed_adoption() {
        out.flag_if(!told && before(row.date_placed.value(), ctx.start), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_old_decision_that_is_new_to_the_return() {
        case(&RULE, 2026)
            .last(PlacedAdoption, "CHILD,DATE_PLACED\n2,\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,31/03/2025\n2,12/02/2025\n")
            .flags(&[(PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn of_this_year_or_told_last_year() {
        case(&RULE, 2026)
            .last(PlacedAdoption, "CHILD,DATE_PLACED\n2,12/02/2025\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/04/2025\n2,12/02/2025\n3,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/04/2024\n").not_run("last year");
    }
}
