//! # What it does
//! Flags a row of SWEpisodes whose `SW_DEC` is written but is not a day written dd/mm/yyyy. Until 2024-25 parts
//! that nobody knew could be written with the letter Z.
//!
//! # Why it matters
//! An end that cannot be read makes the social worker look as if the child were still theirs.
//!
//! # How to put it right
//! Enter the day on which the child passed to somebody else, or leave it blank.
//!
//! # Example
//! `SW_DEC` = 2025/12/01.

use super::sw04stg1::has_unknown_parts;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW05STG1",
    title: "The day on which the social worker ended is no date.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2025),
            fields: &["SW_DEC"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2026, fields: &["SW_DEC"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        let excused = ctx.year <= 2025 && has_unknown_parts(row.sw_dec.raw());
        out.flag_if(row.sw_dec.is_nonsense() && !excused, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const ROWS: &str = "CHILD,SW_DEC\n1,ZZ/ZZ/ZZZZ\n2,zz\n3,01/01/ZZZZ\n4,31/02/2025\n5,2023/12/01\n";

    #[test]
    fn no_day() {
        case(&RULE, 2025).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[1, 3, 4])]);
        case(&RULE, 2026).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[0, 1, 2, 3, 4])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_DEC\n1,01/12/2025\n2,\n").clean();
    }
}
