//! # What it does
//! Flags a row of Missing in which something is written as the end that is not a day of the calendar in the form
//! dd/mm/yyyy.
//!
//! # Why it matters
//! Without a true end the child counts as still missing. (A blank end means just that, and is allowed.)
//!
//! # How to put it right
//! Correct the end on the record of the time missing. If the date looks right, the file was probably saved by a
//! spreadsheet that changed its form.
//!
//! # Example
//! `MIS_END` = `13/10/25`: the year has two figures.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1005",
    title: "The end of a time missing or away is not a date.",
    versions: &[Version { from: 2023, fields: &["MIS_END"], tables: &[Missing], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(row.mis_end.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_of_the_calendar() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MIS_END\n1,10/24/2025\n2,13/10/25\n3,later\n4,31/06/2025\n")
            .flags(&[(Missing, &[0, 1, 2, 3])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_END\n1,24/10/2025\n2,\n").clean();
    }
}
