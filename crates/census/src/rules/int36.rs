//! # What it does
//! Flags all rows of UASC of a child who has more than one. Rows without a child number are left out of account.
//!
//! # Why it matters
//! A child has one such status, with one end: with two rows the end is uncertain and the child is counted twice.
//!
//! # How to put it right
//! Keep the row that is right and take out the other.
//!
//! # Example
//! `CHILD` = `101` is in UASC twice, with and without `DUC`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT36",
    title: "The child has more than one row of asylum-seeking status.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Uasc], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.uasc().len() > 1 {
        out.flag_all(child.uasc());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026).with(Uasc, "CHILD,DUC\nA1,\n2,\na1,\nA1,\n").flags(&[(Uasc, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(Uasc, "CHILD,DUC\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
