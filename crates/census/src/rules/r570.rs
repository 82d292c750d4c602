//! # What it does
//! Flags a time missing, or away without authorisation, that starts after the last day of the collection year.
//!
//! # Why it matters
//! It belongs in next year's return. Here it would be counted in the wrong year.
//!
//! # How to put it right
//! Correct the start, or leave the row for next year's return.
//!
//! # Example
//! `MIS_START` = 01/04/2026 in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "570",
    title: "A time missing or away starts after the collection year.",
    versions: &[Version { from: 2023, fields: &["MIS_START"], tables: &[Missing], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(after(row.mis_start.value(), ctx.end), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_dates_do_not_fit() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_START\n1,01/04/2026\n").flags(&[(Missing, &[0])]);
    }

    #[test]
    fn they_fit_or_are_blank() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_START\n1,31/03/2026\n2,01/01/2024\n3,\n").clean();
    }
}
