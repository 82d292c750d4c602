//! # What it does
//! Flags a row of UASC (unaccompanied asylum-seeking children) that gives another date of birth than the child's
//! row in Header. A date in one and none in the other is also a difference.
//!
//! # Why it matters
//! The status ends at 18 at the latest. After an age assessment the new date has often been written in one place
//! only.
//!
//! # How to put it right
//! Check the birth certificate or the age assessment and correct the date on the child's record; both tables are
//! made from it.
//!
//! # Example
//! `DOB` is 01/01/2009 in Header and 14/03/2008, the assessed one, in UASC.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT18",
    title: "The date of birth with the asylum-seeking status is not the one in Header.",
    versions: &[Version { from: 2023, fields: &["DOB"], tables: &[Header, Uasc], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.uasc() {
        let differs = child.headers().iter().any(|header| row.dob.value() != header.dob.value());
        out.flag_if(differs, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn two_dates_of_birth() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/04/2020\n2,01/04/2020\n3,01/04/2020\n")
            .with(Uasc, "CHILD,DOB\n1,04/01/2020\n2,01/04/2020\n3,\n")
            .flags(&[(Uasc, &[0, 2])]);
    }

    #[test]
    fn none_to_compare_with() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,\n3,1/4/2020\n")
            .with(Uasc, "CHILD,DOB\n1,\n2,01/04/2020\n3,01/04/2020\n")
            .clean();
    }
}
