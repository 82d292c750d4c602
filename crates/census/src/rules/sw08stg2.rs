//! # What it does
//! Puts a child's social worker rows in the order of their starts, and flags each that has no end although another
//! follows.
//!
//! # Why it matters
//! The child seems to have two social workers, and the days of the first are counted for ever.
//!
//! # How to put it right
//! Enter the day on which the child passed to the next social worker.
//!
//! # Example
//! One row from 01/06/2025 without an end, and another from 10/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW08STG2",
    title: "A new social worker began, but the one before has no end.",
    versions: &[Version { from: 2024, fields: &["SW_DEC"], tables: &[SwEpisodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (row, _) in child.sw_episodes().pairs() {
        out.flag_if(row.sw_dec.value().is_none(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn open_and_another_follows() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,10/09/2025,\n1,01/06/2025,\n1,01/05/2025,01/06/2025\n",
            )
            .flags(&[(SwEpisodes, &[1])]);
    }

    #[test]
    fn only_the_last_is_open() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,10/09/2025,\n1,01/06/2025,10/09/2025\n2,01/06/2025,\n",
            )
            .clean();
    }
}
