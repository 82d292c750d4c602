//! # What it does
//! Flags a child in Header whose 25th birthday was before the first day of the collection year.
//!
//! # Why it matters
//! Nobody of that age is in the return: it holds children in care and care leavers up to 21.
//!
//! # How to put it right
//! Correct the date of birth, or take the person out of the return.
//!
//! # Example
//! `DOB` = 03/10/1999 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "351",
    title: "The young person was over 25 at the start of the year.",
    versions: &[Version { from: 2023, fields: &["DOB"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(before(row.dob.value().map(|dob| dob.plus_years(25)), ctx.start), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_birthday_was_the_day_before_the_start() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,31/03/2000\n2,01/04/2000\n3,01/01/1990\n")
            .flags(&[(Header, &[0, 2])]);
    }

    #[test]
    fn younger_or_no_date() {
        case(&RULE, 2026).with(Header, "CHILD,DOB\n1,01/01/2015\n2,\n").clean();
    }
}
