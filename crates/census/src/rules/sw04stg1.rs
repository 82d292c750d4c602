//! # What it does
//! Flags a row of SWEpisodes whose `SW_DECOM` is written but is not a day written dd/mm/yyyy. Until 2024-25 parts
//! that nobody knew could be written with the letter Z.
//!
//! # Why it matters
//! Without a start nobody can say how long the child has had this social worker.
//!
//! # How to put it right
//! Enter the day on which the child became theirs.
//!
//! # Example
//! `SW_DECOM` = 2025/12/01.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW04STG1",
    title: "The day on which the social worker began is no date.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2025),
            fields: &["SW_DECOM"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2026, fields: &["SW_DECOM"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        let excused = ctx.year <= 2025 && has_unknown_parts(row.sw_decom.raw());
        out.flag_if(row.sw_decom.is_nonsense() && !excused, &row);
    }
}

/// Whether a date has parts written with the letter Z, and is otherwise of figures: `ZZ/05/2023`.
pub(super) fn has_unknown_parts(text: &str) -> bool {
    let unknown = |part: &str| part.bytes().all(|b| b.eq_ignore_ascii_case(&b'Z'));
    let part = |part: &str, width: usize| {
        part.len() == width && (unknown(part) || part.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut parts = text.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(d), Some(m), Some(y), None) => {
            part(d, 2) && part(m, 2) && part(y, 4) && [d, m, y].into_iter().any(unknown)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const ROWS: &str = "CHILD,SW_DECOM\n1,ZZ/ZZ/ZZZZ\n2,zz\n3,01/01/ZZZZ\n4,31/02/2025\n5,2023/12/01\n";

    #[test]
    fn no_day() {
        case(&RULE, 2025).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[1, 3, 4])]);
        case(&RULE, 2026).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[0, 1, 2, 3, 4])]);
    }

    #[test]
    fn a_day_or_nothing() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_DECOM\n1,01/12/2025\n2,\n").clean();
    }
}
