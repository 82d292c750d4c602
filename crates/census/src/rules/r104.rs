//! # What it does
//! Flags a row of UASC whose end of status (`DUC`) is written but is not a day of the calendar, or is before the
//! first day of the collection year. A blank means that the status goes on, and is not flagged.
//!
//! # Why it matters
//! A child whose status ended before 1 April is not counted as unaccompanied this year at all.
//!
//! # How to put it right
//! Correct the date. If the status really ended in an earlier year, take the row out of UASC.
//!
//! # Example
//! `DUC` = 01/03/2025 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "104",
    title: "The end of asylum-seeking status is not a date, or lies before this year.",
    versions: &[Version { from: 2023, fields: &["DUC"], tables: &[Uasc], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.uasc() {
        out.flag_if(row.duc.is_nonsense() || before(row.duc.value(), ctx.start), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_date_or_too_early() {
        case(&RULE, 2026)
            .with(Uasc, "CHILD,DUC\n1,31/03/2025\n2,soon\n3,01/13/2025\n")
            .flags(&[(Uasc, &[0, 1, 2])]);
    }

    #[test]
    fn this_year_or_later_or_going_on() {
        case(&RULE, 2026).with(Uasc, "CHILD,DUC\n1,01/04/2025\n2,19/02/2027\n3,\n").clean();
    }
}
