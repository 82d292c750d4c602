//! # What it does
//! Flags a row of AD1 with a date of the decision that the child should be placed for adoption that is written but
//! is not a day of the calendar in the form dd/mm/yyyy. A blank is not flagged here.
//!
//! # Why it matters
//! The measure from decision to matching starts on this day.
//!
//! # How to put it right
//! Correct the date from the record of the agency decision maker.
//!
//! # Example
//! `DATE_INT` = `31/06/2025`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "112",
    title: "The date of the decision in favour of the adoption is not a date.",
    versions: &[Version { from: 2023, fields: &["DATE_INT"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.date_int.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_of_the_calendar() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_INT\n1,38/04/2019\n2,01/01/19\n3,soon\n4,01/01/2026\n")
            .flags(&[(Ad1, &[0, 1, 2])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(Ad1, "CHILD,DATE_INT\n1,19/02/2010\n2,\n").clean();
    }
}
