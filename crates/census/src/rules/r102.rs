//! # What it does
//! Flags a child whose date of birth is blank, or is not a day of the calendar in the form dd/mm/yyyy with a year
//! of four figures.
//!
//! # Why it matters
//! Every age in the return is worked out from it: without it most other questions cannot be asked of this child.
//!
//! # How to put it right
//! Enter the date of birth on the child's record. If it looks right, the file was probably saved by a spreadsheet
//! that changed its form.
//!
//! # Example
//! `DOB` = `38/04/2019`, or `01/01/19`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "102",
    title: "The child's date of birth is missing or is not a date.",
    versions: &[Version { from: 2023, fields: &["DOB"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(row.dob.value().is_none(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_date_or_none_that_is() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,38/04/2019\n2,01/01/19\n3,\n4,01/01/2019\n")
            .flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn a_day_of_the_calendar() {
        case(&RULE, 2026).with(Header, "CHILD,DOB\n1,29/02/2012\n2,19/02/2010\n").clean();
    }
}
