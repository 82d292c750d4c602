//! # What it does
//! Puts a child's social worker rows in the order of their starts, and flags each that starts before the end of the
//! one before it.
//!
//! # Why it matters
//! A child has one social worker at a time in this return. Days that overlap are counted twice.
//!
//! # How to put it right
//! Let one row end on the day on which the next starts.
//!
//! # Example
//! One row ends on 10/09/2025; the next starts on 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW10STG2",
    title: "A new social worker began before the one before had ended.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["SW_DECOM"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2025, fields: &["SW_DECOM"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (row, next) in child.sw_episodes().pairs() {
        out.flag_if(before(next.sw_decom.value(), row.sw_dec.value()), &next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn two_at_a_time() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,09/09/2025,\n1,01/06/2025,10/09/2025\n")
            .flags(&[(SwEpisodes, &[0])]);
    }

    #[test]
    fn one_after_the_other() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,10/09/2025,\n1,01/06/2025,10/09/2025\n2,01/09/2025,\n",
            )
            .clean();
    }
}
