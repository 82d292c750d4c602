//! # What it does
//! Flags a row of OC3 with `ACCOM` = `T1` or `T2` (foyers and similar accommodation) when the young person was
//! under 18 on the first day of the collection year.
//!
//! # Why it matters
//! Accommodation for those under 18 has to be registered as supported accommodation since October 2023. A foyer
//! that is not may not take them.
//!
//! # How to put it right
//! Check the accommodation and the date of birth. If the young person does live there, this is a matter for the
//! social worker, not only for the return.
//!
//! # Example
//! `DOB` = 02/04/2007 and `ACCOM` = `T1` in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "347",
    title: "A care leaver under 18 is said to live in a foyer.",
    versions: &[Version { from: 2024, fields: &["DOB", "ACCOM"], tables: &[Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc3().iter().filter(|row| row.accom.is_any(&["T", "T1", "T2"])) {
        out.flag_if(after(row.dob.value().map(|dob| dob.plus_years(18)), ctx.start), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn eighteen_the_day_after_the_start() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,DOB,ACCOM\n1,02/04/2007,T1\n2,01/04/2007,T1\n3,01/01/2008,T2\n")
            .flags(&[(Oc3, &[0, 2])]);
    }

    #[test]
    fn elsewhere_or_no_date() {
        case(&RULE, 2026).with(Oc3, "CHILD,DOB,ACCOM\n1,01/01/2008,U1\n2,,T1\n3,01/01/2008,\n").clean();
    }
}
