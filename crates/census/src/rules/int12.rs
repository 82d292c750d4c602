//! # What it does
//! Flags a decision to place for adoption that gives another date of birth than the child's row in Header.
//!
//! # Why it matters
//! The two tables may be about different children, and every age that is worked out from them differs.
//!
//! # How to put it right
//! Check the birth certificate and correct the date on the child's record; both tables are made from it.
//!
//! # Example
//! `DOB` is 01/04/2020 in Header and 04/01/2020 in PlacedAdoption: day and month were swapped.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT12",
    title: "The date of birth with the adoption decision is not the one in Header.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB"],
        tables: &[Header, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
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
            .with(Header, "CHILD,DOB\n1,01/04/2020\n2,01/04/2020\n")
            .with(PlacedAdoption, "CHILD,DOB\n1,04/01/2020\n2,01/04/2020\n")
            .flags(&[(PlacedAdoption, &[0])]);
    }

    #[test]
    fn none_to_compare_with() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,\n")
            .with(PlacedAdoption, "CHILD,DOB\n1,\n2,01/04/2020\n")
            .clean();
    }
}
