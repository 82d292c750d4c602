//! # What it does
//! Flags all rows of Header of a child who has more than one. Rows without a child number are left out of account.
//!
//! # Why it matters
//! Every count of children is one too high, and nobody can say which row is true.
//!
//! # How to put it right
//! Keep the row that is right and take out the other. If they are two children, give one of them another number.
//!
//! # Example
//! `CHILD` = `101` is in Header twice, with two dates of birth.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT32",
    title: "The child has more than one row in Header.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().len() > 1 {
        out.flag_all(child.headers());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_rows_of_the_child() {
        case(&RULE, 2026).with(Header, "CHILD,SEX\nA1,\n2,\na1,\nA1,\n").flags(&[(Header, &[0, 2, 3])]);
    }

    #[test]
    fn one_row_each_or_no_number() {
        case(&RULE, 2026).with(Header, "CHILD,SEX\n1,M\n2,M\n,M\n,M\n").clean();
    }
}
