//! # What it does
//! Flags a row of PlacedAdoption with a date of the decision that the child should no longer be placed for adoption
//! that is written but is not a day of the calendar in the form dd/mm/yyyy. A blank is not flagged here.
//!
//! # Why it matters
//! Without the day the child seems to be still waiting for a family.
//!
//! # How to put it right
//! Correct the date from the record of the decision. Leave it blank while the plan is still adoption.
//!
//! # Example
//! `DATE_PLACED_CEASED` = `02/30/2026`: day and month were swapped.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "116",
    title: "The date on which the plan of adoption was given up is not a date.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        out.flag_if(row.date_placed_ceased.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_of_the_calendar() {
        case(&RULE, 2026)
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED_CEASED\n1,38/04/2019\n2,01/01/19\n3,soon\n4,01/01/2026\n",
            )
            .flags(&[(PlacedAdoption, &[0, 1, 2])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,19/02/2010\n2,\n").clean();
    }
}
