//! # What it does
//! Flags a row of SWEpisodes whose `SW_DEC` is after the last day of the collection year, or before the social
//! worker year began: the first day of the collection year in 2023-24, and a year before that from 2024-25.
//!
//! # Why it matters
//! Rows that were over by then are not asked for, and an end still to come is not an end yet.
//!
//! # How to put it right
//! Correct the date, or take the row out.
//!
//! # Example
//! `SW_DEC` = 31/03/2024 in the return for 2025-26.

use super::sw01astg1::first_day;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW07STG2",
    title: "The social worker ended before the social worker year, or after the end of the collection.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["SW_DEC"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2025, fields: &["SW_DEC"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let first = if ctx.year <= 2024 { ctx.start } else { first_day(ctx) };
    for row in child.sw_episodes() {
        out.flag_if(before(row.sw_dec.value(), first) || after(row.sw_dec.value(), ctx.end), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn before_or_after() {
        case(&RULE, 2024)
            .with(SwEpisodes, "CHILD,SW_DEC\n1,31/03/2023\n2,01/04/2023\n3,01/04/2024\n")
            .flags(&[(SwEpisodes, &[0, 2])]);
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DEC\n1,31/03/2024\n2,01/04/2024\n3,01/04/2026\n")
            .flags(&[(SwEpisodes, &[0, 2])]);
    }

    #[test]
    fn within_or_open() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_DEC\n1,31/03/2026\n2,01/04/2024\n3,\n").clean();
    }
}
