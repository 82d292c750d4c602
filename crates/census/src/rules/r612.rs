//! # What it does
//! Flags a girl (`SEX` = `2` until 2023-24, `F` from 2024-25) with anything in `MC_DOB`, the date of birth of her
//! first child, while `MOTHER` is `0` or blank.
//!
//! # Why it matters
//! The two answers contradict each other, so she is not counted as a mother although she may be one.
//!
//! # How to put it right
//! If she is a mother, `MOTHER` is `1`. If not, empty `MC_DOB`.
//!
//! # Example
//! `MOTHER` = `0` with `MC_DOB` = 19/02/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "612",
    title: "There is a date of birth of her child, but the girl is not recorded as a mother.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["SEX", "MOTHER", "MC_DOB"],
            tables: &[Header],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            fields: &["SEX", "MOTHER", "MC_DOB"],
            tables: &[Header],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let girl = if ctx.year <= 2024 { "2" } else { "F" };
    for row in child.headers() {
        let no_mother = row.mother.is_blank() || row.mother.value() == Some(false);
        out.flag_if(row.sex.is(girl) && no_mother && !row.mc_dob.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_date_without_a_mother() {
        let rows = "CHILD,SEX,MOTHER,MC_DOB\n1,F,0,19/02/2025\n2,F,,soon\n3,2,0,19/02/2025\n";
        case(&RULE, 2026).with(Header, rows).flags(&[(Header, &[0, 1])]);
        case(&RULE, 2024).with(Header, rows).flags(&[(Header, &[2])]);
    }

    #[test]
    fn a_mother_or_no_date_or_a_boy() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MOTHER,MC_DOB\n1,F,1,19/02/2025\n2,F,0,\n3,M,0,19/02/2025\n")
            .clean();
    }
}
