//! # What it does
//! Flags all rows of OC3 of a child who has more than one. Rows without a child number are left out of account.
//!
//! # Why it matters
//! The answers are about one birthday in the year: two rows contradict each other, or count the young person twice.
//!
//! # How to put it right
//! Keep the row of this year's birthday and take out the other.
//!
//! # Example
//! `CHILD` = `101` is in OC3 twice: `IN_TOUCH` is `YES` in one and `NO` in the other.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT34",
    title: "The young person has more than one row of care leaver answers.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.oc3().len() > 1 {
        out.flag_all(child.oc3());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH\nA1,\n2,\na1,\nA1,\n").flags(&[(Oc3, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
