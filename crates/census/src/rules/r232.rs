//! # What it does
//! Flags a child with `SEX` = `U`. It is a question, not a mistake in itself.
//!
//! # Why it matters
//! It is hardly ever true that nobody knows; most often it was not entered.
//!
//! # How to put it right
//! Enter `M` or `F`. If it is truly not known, say so in the explanation that goes with the return.
//!
//! # Example
//! `SEX` = `U` for a child who came into care last year.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "232",
    title: "The sex of the child is recorded as not known.",
    versions: &[Version { from: 2025, fields: &["SEX"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.headers().iter().filter(|row| row.sex.is("U")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn not_known() {
        case(&RULE, 2026).with(Header, "CHILD,SEX\n1,U\n2,u\n3,M\n").flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn known_or_blank() {
        case(&RULE, 2026).with(Header, "CHILD,SEX\n1,F\n2,\n").clean();
    }
}
