//! # What it does
//! Flags a row of SWEpisodes whose `SW_DECOM` is after the last day of the collection year.
//!
//! # Why it matters
//! Changes of next year belong in next year's return.
//!
//! # How to put it right
//! Correct the date, or leave the row for next year.
//!
//! # Example
//! `SW_DECOM` = 01/04/2026 in the return for 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW06STG2",
    title: "The social worker began after the end of the year.",
    versions: &[Version {
        from: 2024,
        fields: &["SW_DECOM"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.sw_episodes().iter().filter(|row| after(row.sw_decom.value(), ctx.end)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn from_next_year() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM\n1,01/04/2026\n2,31/03/2026\n")
            .flags(&[(SwEpisodes, &[0])]);
    }

    #[test]
    fn of_this_year_or_earlier() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_DECOM\n1,31/03/2026\n2,01/01/2020\n3,\n").clean();
    }
}
