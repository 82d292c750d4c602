//! # What it does
//! Flags a child whose date of birth is later than the last day of the collection year.
//!
//! # Why it matters
//! A child who was not born yet cannot have been looked after, and every age is worked out from this date.
//!
//! # How to put it right
//! Check the birth certificate and correct the date of birth.
//!
//! # Example
//! `DOB` = 01/07/2026 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "301",
    title: "The child was born after the end of the year.",
    versions: &[Version { from: 2023, fields: &["DOB"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.headers().iter().filter(|row| after(row.dob.value(), ctx.end)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn born_the_day_after() {
        case(&RULE, 2026).with(Header, "CHILD,DOB\n1,01/04/2026\n2,01/07/2027\n").flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn born_on_the_last_day_or_nobody_knows() {
        case(&RULE, 2026).with(Header, "CHILD,DOB\n1,31/03/2026\n2,\n3,01/01/2015\n").clean();
    }
}
