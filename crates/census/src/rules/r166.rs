//! # What it does
//! Flags a row of Reviews whose date is blank or is no day of the calendar.
//!
//! # Why it matters
//! Whether reviews were held in time is worked out from their dates.
//!
//! # How to put it right
//! Enter the day on which the review was held (dd/mm/yyyy), or take the row out if there was none.
//!
//! # Example
//! `REVIEW` = 31/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "166",
    title: "The date of the review is missing or is not a date.",
    versions: &[Version { from: 2023, fields: &["REVIEW"], tables: &[Reviews], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.reviews() {
        out.flag_if(row.review.value().is_none(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn blank_or_no_such_day() {
        case(&RULE, 2026)
            .with(Reviews, "CHILD,REVIEW\n1,\n2,31/06/2025\n3,01/06/25\n4,30/06/2025\n")
            .flags(&[(Reviews, &[0, 1, 2])]);
    }

    #[test]
    fn a_day() {
        case(&RULE, 2026).with(Reviews, "CHILD,REVIEW\n1,30/06/2025\n").clean();
    }
}
