//! # What it does
//! Flags a child with `UPN` = `UN1` who was already 4 on the last day of August before the collection year began,
//! and so was in a reception class or beyond it for all of the year.
//!
//! # Why it matters
//! `UN1` means not of school age. A child of school age has a number, and without it the schooling cannot be found.
//!
//! # How to put it right
//! Ask the virtual school for the number. If there is none, choose the code for the real reason (`UN2` to `UN5`).
//!
//! # Example
//! A child born on 31/08/2020 has `UPN` = `UN1` in the return from 1 April 2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "209",
    title: "A child of school age has the pupil number code for children who are too young for school.",
    versions: &[Version { from: 2023, fields: &["UPN", "DOB"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let reception = date(ctx.start.year() - 1, 8, 31);
    for row in child.headers().iter().filter(|row| row.upn.is("UN1")) {
        out.flag_if(on_or_before(row.dob.value().map(|born| born.plus_years(4)), reception), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn four_by_the_august_before() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN,DOB\n1,UN1,31/08/2020\n2,UN1,01/09/2020\n3,UN1,05/05/2012\n")
            .flags(&[(Header, &[0, 2])]);
    }

    #[test]
    fn another_code_or_no_date_of_birth() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN,DOB\n1,UN2,05/05/2012\n2,UN1,\n3,A123456789012,05/05/2012\n")
            .clean();
    }
}
