//! # What it does
//! Flags a child recorded as unaccompanied and seeking asylum who is under 11 on the last day of the collection
//! year. It is a question, not a mistake in itself.
//!
//! # Why it matters
//! Most children who arrive alone are older. A younger age is often a slip in the year of birth.
//!
//! # How to put it right
//! Check the date of birth. If it is right, say so in the explanation that goes with the return.
//!
//! # Example
//! An unaccompanied child with `DOB` = 01/06/2016 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "231",
    title: "An unaccompanied asylum-seeking child is under 11.",
    versions: &[Version { from: 2025, fields: &["DOB", "UASC"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.headers().iter().filter(|row| row.uasc() == "1") {
        out.flag_if(row.dob.value().is_some_and(|dob| dob.age_on(ctx.end) < 11), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_child_of_ten() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,UASC\n1,01/04/2015,1\n2,31/03/2015,1\n")
            .flags(&[(Header, &[0])]);
    }

    #[test]
    fn another_child_or_no_date() {
        case(&RULE, 2026).with(Header, "CHILD,DOB,UASC\n1,01/04/2018,0\n2,,1\n3,01/04/2018,\n").clean();
    }
}
