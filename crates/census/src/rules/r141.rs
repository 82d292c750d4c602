//! # What it does
//! Flags an episode whose start is written but is no day of the calendar.
//!
//! # Why it matters
//! An episode without a start cannot be put in order with the others, so nearly every figure about the child is
//! wrong.
//!
//! # How to put it right
//! Correct the start of the episode. Dates are written dd/mm/yyyy, with all four figures of the year.
//!
//! # Example
//! `DECOM` = 31/02/2025 or 01/04/25.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "141",
    title: "The date on which the episode began is not a date.",
    versions: &[Version { from: 2023, fields: &["DECOM"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.decom.is_nonsense(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_such_day_and_a_short_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,31/02/2025\n2,01/04/25\n3,01/04/2025\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn a_blank_is_for_other_rules() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,\n").clean();
    }
}
