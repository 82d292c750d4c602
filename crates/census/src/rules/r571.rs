//! # What it does
//! Flags a time missing, or away without authorisation, that ends before the first or after the last day of the
//! collection year.
//!
//! # Why it matters
//! A time that was over before the year is in last year's return. One that goes on after it has no end yet.
//!
//! # How to put it right
//! Correct the end. If the child was still away on 31 March, leave it blank; if the child was back before the year,
//! take the row out.
//!
//! # Example
//! `MIS_END` = 02/04/2026 in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "571",
    title: "A time missing or away ends outside the collection year.",
    versions: &[Version { from: 2023, fields: &["MIS_END"], tables: &[Missing], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(before(row.mis_end.value(), ctx.start) || after(row.mis_end.value(), ctx.end), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_dates_do_not_fit() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MIS_END\n1,31/03/2025\n2,01/04/2026\n")
            .flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn they_fit_or_are_blank() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_END\n1,01/04/2025\n2,31/03/2026\n3,\n").clean();
    }
}
