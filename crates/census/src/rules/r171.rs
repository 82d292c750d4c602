//! # What it does
//! Flags a child whose own child's date of birth is written but is no day of the calendar.
//!
//! # Why it matters
//! Rules and figures about young mothers go by this date.
//!
//! # How to put it right
//! Correct the date of birth of her child (dd/mm/yyyy).
//!
//! # Example
//! `MC_DOB` = 19/02/10.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "171",
    title: "The date of birth of the young mother's child is not a date.",
    versions: &[Version { from: 2023, fields: &["MC_DOB"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(row.mc_dob.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_such_day_and_a_short_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MC_DOB\n1,38/04/2019\n2,19/02/10\n3,19/02/2010\n")
            .flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn a_blank() {
        case(&RULE, 2026).with(Header, "CHILD,MC_DOB\n1,\n").clean();
    }
}
