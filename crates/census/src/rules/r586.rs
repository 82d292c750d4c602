//! # What it does
//! Flags a time missing, or away without authorisation, that starts before the date of birth on the same row.
//!
//! # Why it matters
//! One of the two dates is wrong, or the row is another child's.
//!
//! # How to put it right
//! Correct the start or the date of birth.
//!
//! # Example
//! `MIS_START` = 03/02/2012 with `DOB` = 04/02/2012.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "586",
    title: "A time missing or away starts before the child was born.",
    versions: &[Version { from: 2023, fields: &["MIS_START"], tables: &[Missing], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(before(row.mis_start.value(), row.dob.value()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_dates_do_not_fit() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,DOB,MIS_START\n1,04/02/2012,03/02/2012\n")
            .flags(&[(Missing, &[0])]);
    }

    #[test]
    fn they_fit_or_are_blank() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,DOB,MIS_START\n1,04/02/2012,04/02/2012\n2,,03/02/2012\n3,04/02/2012,\n")
            .clean();
    }
}
