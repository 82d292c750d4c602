//! # What it does
//! Flags a row of UASC whose day on which the status ended (`DUC`) is later than the child's 18th birthday.
//!
//! # Why it matters
//! The status ends at 18 at the latest. A later day keeps an adult in the figures of children.
//!
//! # How to put it right
//! Enter the 18th birthday or the day, before it, on which the status ended; or correct the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2007 and `DUC` = 05/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "304",
    title: "Unaccompanied status ended after the 18th birthday.",
    versions: &[Version { from: 2023, fields: &["DUC"], tables: &[Uasc], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.uasc() {
        out.flag_if(after(row.duc.value(), row.dob.value().map(|dob| dob.plus_years(18))), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_after_the_birthday() {
        case(&RULE, 2026)
            .with(Uasc, "CHILD,DOB,DUC\n1,01/06/2007,02/06/2025\n2,01/06/2007,01/06/2025\n")
            .flags(&[(Uasc, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026).with(Uasc, "CHILD,DOB,DUC\n1,,02/06/2025\n2,01/06/2000,\n").clean();
    }
}
