//! # What it does
//! Flags a child whose sex is blank or is not a code of the collection: `1` or `2` until 2023-24; `M`, `F` or `U`
//! from 2024-25.
//!
//! # Why it matters
//! Every figure that is published by sex leaves this child out, and comparisons with last year's return fail.
//!
//! # How to put it right
//! Correct the sex on the child's record. If it is truly not known, it is `U` from 2024-25.
//!
//! # Example
//! A 2025-26 return with `SEX` = `1`: the figures were replaced by letters.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "101",
    title: "The child's sex is missing or is not one of the codes.",
    versions: &[
        Version { from: 2023, to: Some(2024), fields: &["SEX"], tables: &[Header], ..Version::child(check) },
        Version { from: 2025, fields: &["SEX"], tables: &[Header], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let codes: &[&str] = if ctx.year <= 2024 { &["1", "2"] } else { &["M", "F", "U"] };
    for row in child.headers() {
        out.flag_if(!row.sex.is_any(codes), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn figures_until_2024_and_letters_after() {
        let rows = "CHILD,SEX\n1,1\n2,2\n3,\n4,M\n5,u\n";
        case(&RULE, 2024).with(Header, rows).flags(&[(Header, &[2, 3, 4])]);
        case(&RULE, 2025).with(Header, rows).flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn known_codes_are_right() {
        case(&RULE, 2026).with(Header, "CHILD,SEX\n1,M\n2,F\n3,U\n").clean();
    }
}
