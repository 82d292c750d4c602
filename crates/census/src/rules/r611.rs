//! # What it does
//! Flags a child who is recorded as a mother (`MOTHER` = `1`) when the date of birth of her first child (`MC_DOB`)
//! is blank.
//!
//! # Why it matters
//! The date tells whether she became a mother before or while she was looked after.
//!
//! # How to put it right
//! Enter the date of birth of her first child. If she is not a mother, `MOTHER` is `0`.
//!
//! # Example
//! `MOTHER` = `1` with nothing in `MC_DOB`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "611",
    title: "The child is a mother, but the date of birth of her child is missing.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER", "MC_DOB"],
        tables: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(row.mother.value() == Some(true) && row.mc_dob.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_mother_of_nobody() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MOTHER,MC_DOB\n1,1,\n2,1,01/02/2025\n")
            .flags(&[(Header, &[0])]);
    }

    #[test]
    fn no_mother_or_a_date() {
        case(&RULE, 2026).with(Header, "CHILD,MOTHER,MC_DOB\n1,0,\n2,,\n3,1,02/05/2025\n").clean();
    }
}
