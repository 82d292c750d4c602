//! # What it does
//! Flags a row of SWEpisodes that ended on the day it started. Until 2024-25 it flags a row that ended earlier as
//! well; from 2025-26 that is for rule SW18STG2.
//!
//! # Why it matters
//! Allocations that were corrected on the same day inflate the number of changes.
//!
//! # How to put it right
//! Take the row out, or correct its days.
//!
//! # Example
//! `SW_DECOM` and `SW_DEC` are both 10/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW09STG2",
    title: "The social worker was the child's for less than a day.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2025),
            fields: &["SW_DECOM", "SW_DEC"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version {
            from: 2026,
            fields: &["SW_DECOM", "SW_DEC"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let too_short = if ctx.year <= 2025 { on_or_before } else { same };
    for row in child.sw_episodes() {
        out.flag_if(too_short(row.sw_dec.value(), row.sw_decom.value()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn less_than_a_day() {
        let rows = "CHILD,SW_DECOM,SW_DEC\n1,10/09/2024,10/09/2024\n2,10/09/2024,09/09/2024\n";
        case(&RULE, 2025).with(SwEpisodes, rows).flags(&[(SwEpisodes, &[0, 1])]);
        case(&RULE, 2026).with(SwEpisodes, rows).flags(&[(SwEpisodes, &[0])]);
    }

    #[test]
    fn a_day_or_more() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,10/09/2025,11/09/2025\n2,10/09/2025,\n3,,\n")
            .clean();
    }
}
