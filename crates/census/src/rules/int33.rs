//! # What it does
//! Flags all rows of OC2 of a child who has more than one. Rows without a child number are left out of account.
//!
//! # Why it matters
//! The questions are asked once for the year: two rows contradict each other, or count the child twice.
//!
//! # How to put it right
//! Keep the row with this year's answers and take out the other.
//!
//! # Example
//! `CHILD` = `101` is in OC2 twice: `TEETH_CHECK` is `1` in one and `0` in the other.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT33",
    title: "The child has more than one row of health and behaviour answers.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Oc2], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.oc2().len() > 1 {
        out.flag_all(child.oc2());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026).with(Oc2, "CHILD,TEETH_CHECK\nA1,\n2,\na1,\nA1,\n").flags(&[(Oc2, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(Oc2, "CHILD,TEETH_CHECK\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
