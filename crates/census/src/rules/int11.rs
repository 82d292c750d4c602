//! # What it does
//! Flags an adoption (AD1) that gives another date of birth than the child's row in Header. A date in one and none
//! in the other is also a difference.
//!
//! # Why it matters
//! The age at adoption is worked out from it. With two dates the child may turn out not to be born when matched, or
//! to be adopted as an adult.
//!
//! # How to put it right
//! Check the birth certificate and correct the date on the child's record; both tables are made from it.
//!
//! # Example
//! `DOB` is 01/04/2020 in Header and 01/04/2021 in AD1.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT11",
    title: "The date of birth with the adoption is not the one in Header.",
    versions: &[Version { from: 2023, fields: &["DOB"], tables: &[Header, Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
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
            .with(Ad1, "CHILD,DOB\n1,04/01/2020\n2,01/04/2020\n3,\n")
            .flags(&[(Ad1, &[0, 2])]);
    }

    #[test]
    fn none_to_compare_with() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,\n3,1/4/2020\n")
            .with(Ad1, "CHILD,DOB\n1,\n2,01/04/2020\n3,01/04/2020\n")
            .clean();
    }
}
