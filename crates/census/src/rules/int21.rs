//! # What it does
//! Flags a row of UASC (unaccompanied asylum-seeking children) that gives another sex than the child's row in
//! Header.
//!
//! # Why it matters
//! The two tables may be about different children, and figures of unaccompanied children by sex disagree with the
//! rest.
//!
//! # How to put it right
//! Correct the sex on the child's record; both tables are made from it.
//!
//! # Example
//! `SEX` is `M` in Header and `F` in UASC.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT21",
    title: "The sex with the asylum-seeking status is not the one in Header.",
    versions: &[Version { from: 2023, fields: &["SEX"], tables: &[Header, Uasc], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.uasc() {
        let differs = child.headers().iter().any(|header| row.sex.raw() != header.sex.raw());
        out.flag_if(differs, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_sex_in_either() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX\n1,M\n2,F\n3,F\n")
            .with(Uasc, "CHILD,SEX\n1,F\n2,f\n3,\n")
            .flags(&[(Uasc, &[0, 2])]);
    }

    #[test]
    fn the_same_or_nobody_to_compare_with() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX\n1,M\n2,\n")
            .with(Uasc, "CHILD,SEX\n1,M\n2,\n3,F\n")
            .clean();
    }
}
