//! # What it does
//! Flags a child recorded as male (`1` until 2023-24, `M` from 2024-25) for whom the date of birth of a mother's
//! child is given.
//!
//! # Why it matters
//! One of the two is wrong, and both are published.
//!
//! # How to put it right
//! Correct the sex, or take the date of birth of the child out. Fathers are not recorded in this column.
//!
//! # Example
//! `SEX` = `M` with `MC_DOB` = 19/02/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "174",
    title: "A boy is recorded as having given birth to a child.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["SEX", "MC_DOB"],
            tables: &[Header],
            ..Version::child(check)
        },
        Version { from: 2025, fields: &["SEX", "MC_DOB"], tables: &[Header], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let male = if ctx.year <= 2024 { "1" } else { "M" };
    for row in child.headers() {
        out.flag_if(row.sex.is(male) && !row.mc_dob.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_boy_with_a_child() {
        case(&RULE, 2024)
            .with(Header, "CHILD,SEX,MC_DOB\n1,1,19/02/2024\n2,2,19/02/2024\n")
            .flags(&[(Header, &[0])]);
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MC_DOB\n1,M,19/02/2025\n2,F,19/02/2025\n")
            .flags(&[(Header, &[0])]);
    }

    #[test]
    fn a_boy_without() {
        case(&RULE, 2026).with(Header, "CHILD,SEX,MC_DOB\n1,M,\n2,U,19/02/2025\n").clean();
    }
}
