//! # What it does
//! Flags a child who is recorded as a mother (`MOTHER` = `1`) of a first child born before the collection year,
//! when last year's return says that she was not a mother (`MOTHER` = `0`).
//!
//! # Why it matters
//! She was a mother already when last year's return was made, so one of the two returns is wrong.
//!
//! # How to put it right
//! Check the date of birth of the child. If it is right, tell the department that last year's answer was not.
//!
//! # Example
//! `MOTHER` was `0` in 2024-25; now it is `1` with `MC_DOB` = 20/01/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "626",
    title: "Her first child was born before the year, but last year she was no mother.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER", "MC_DOB"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let denied = || child.last().headers().iter().any(|last| last.mother.value() == Some(false));
    for row in child.headers() {
        let mother_before = row.mother.value() == Some(true) && before(row.mc_dob.value(), ctx.start);
        out.flag_if(mother_before && denied(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_mother_already_last_year() {
        case(&RULE, 2026)
            .last(Header, "CHILD,MOTHER\n1,0\n2,0\n")
            .with(Header, "CHILD,MOTHER,MC_DOB\n1,1,31/03/2025\n2,1,01/04/2025\n")
            .flags(&[(Header, &[0])]);
    }

    #[test]
    fn known_last_year_or_nothing_said() {
        case(&RULE, 2026)
            .last(Header, "CHILD,MOTHER\n1,1\n2,\n4,0\n")
            .with(
                Header,
                "CHILD,MOTHER,MC_DOB\n1,1,20/01/2025\n2,1,20/01/2025\n3,1,20/01/2025\n4,0,20/01/2025\n",
            )
            .clean();
    }
}
