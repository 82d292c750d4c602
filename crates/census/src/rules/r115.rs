//! # What it does
//! Flags a row of PlacedAdoption with a date of the decision that the child should be placed for adoption that is
//! written but is not a day of the calendar in the form dd/mm/yyyy. A blank is not flagged here.
//!
//! # Why it matters
//! Without the day of the decision nobody can say how long the child has been waiting for a family.
//!
//! # How to put it right
//! Correct the date from the record of the agency decision maker.
//!
//! # Example
//! `DATE_PLACED` = `38/04/2019`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "115",
    title: "The date of the decision to place for adoption is not a date.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        out.flag_if(row.date_placed.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_of_the_calendar() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,38/04/2019\n2,01/01/19\n3,soon\n4,01/01/2026\n")
            .flags(&[(PlacedAdoption, &[0, 1, 2])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED\n1,19/02/2010\n2,\n").clean();
    }
}
