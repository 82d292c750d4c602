//! # What it does
//! Flags a date of the decision to place for adoption that is earlier than the date of birth in Header, with the
//! child's row in Header.
//!
//! # Why it matters
//! The decision cannot be taken before the birth. How long children wait from it is published.
//!
//! # How to put it right
//! Correct the date of the decision from the agency decision maker's record, or the date of birth.
//!
//! # Example
//! `DOB` = 03/05/2025 with `DATE_PLACED` = 14/02/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "184",
    title: "The decision that the child should be placed for adoption is dated before the child was born.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DOB"],
        tables: &[Header, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for decision in child.placed_adoption() {
        for header in child.headers() {
            if before(decision.date_placed.value(), header.dob.value()) {
                out.flag(&decision);
                out.flag(&header);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn decided_before_birth() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n2,03/05/2025\n1,03/05/2025\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,02/05/2025\n2,03/05/2025\n")
            .flags(&[(Header, &[1]), (PlacedAdoption, &[0])]);
    }

    #[test]
    fn later_or_not_known() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,03/05/2025\n2,\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,03/05/2025\n1,\n2,03/05/2025\n3,01/01/2020\n")
            .clean();
    }
}
