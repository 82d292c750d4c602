//! # What it does
//! Flags a child who is recorded as a mother (`MOTHER` = `1`) and whose 11th birthday comes after the first day of
//! the collection year.
//!
//! # Why it matters
//! One of the two answers is almost certainly a slip of the pen.
//!
//! # How to put it right
//! Check the date of birth, and whether she really is a mother.
//!
//! # Example
//! `DOB` = 05/06/2016 with `MOTHER` = `1` in 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "620",
    title: "The child is recorded as a mother, but was under 11 when the year began.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "MOTHER"],
        tables: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let eleven = row.dob.value().map(|dob| dob.plus_years(11));
        out.flag_if(row.mother.value() == Some(true) && after(eleven, ctx.start), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_mother_too_young() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,MOTHER\n1,02/04/2014,1\n2,01/04/2014,1\n3,01/01/2020,1\n")
            .flags(&[(Header, &[0, 2])]);
    }

    #[test]
    fn no_mother_or_no_date() {
        case(&RULE, 2026).with(Header, "CHILD,DOB,MOTHER\n1,02/04/2014,0\n2,,1\n3,02/04/2014,\n").clean();
    }
}
