//! # What it does
//! Flags all rows of AD1 of a child who has more than one. Rows without a child number are left out of account.
//!
//! # Why it matters
//! A child is adopted once: with two rows nobody can tell which dates and adopters are true, and the adoption is
//! counted twice.
//!
//! # How to put it right
//! Keep the row of the adoption order and take out the other.
//!
//! # Example
//! `CHILD` = `101` is in AD1 twice, once with each of two matching dates.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT31",
    title: "The child has more than one adoption row.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.ad1().len() > 1 {
        out.flag_all(child.ad1());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026).with(Ad1, "CHILD,DATE_MATCH\nA1,\n2,\na1,\nA1,\n").flags(&[(Ad1, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(Ad1, "CHILD,DATE_MATCH\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
