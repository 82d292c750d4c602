//! # What it does
//! Flags all rows of PrevPerm of a child who has more than one. Rows without a child number are left out of
//! account.
//!
//! # Why it matters
//! Only the latest arrangement before this time in care is asked for; with two nobody can tell which it is.
//!
//! # How to put it right
//! Keep the latest arrangement and take out the other.
//!
//! # Example
//! `CHILD` = `101` is in PrevPerm twice, with an adoption (`P1`) and with a guardianship order (`P2`).

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT35",
    title: "The child has more than one earlier permanent arrangement.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[PrevPerm], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.prev_perm().len() > 1 {
        out.flag_all(child.prev_perm());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,PREV_PERM\nA1,\n2,\na1,\nA1,\n")
            .flags(&[(PrevPerm, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(PrevPerm, "CHILD,PREV_PERM\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
