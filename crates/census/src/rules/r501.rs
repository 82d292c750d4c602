//! # What it does
//! Flags an episode that starts before the end (`DEC`) of the child's episode before it. Episodes are taken in the
//! order in which they start.
//!
//! # Why it matters
//! A child cannot be in two episodes at once. The days are counted twice.
//!
//! # How to put it right
//! Correct the end of the earlier episode or the start of the later one. Make sure that both are the same child's.
//!
//! # Example
//! An episode runs from 01/06/2025 to 04/06/2025, and the next has `DECOM` = 02/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "501",
    title: "An episode starts before the one before it has ended.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs() {
        out.flag_if(before(episode.decom.value(), previous.dec.value()), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn they_overlap() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,02/06/2025,06/06/2025\n1,01/06/2025,04/06/2025\n2,08/06/2025,09/06/2025\n2,08/06/2025,\n",
            )
            .flags(&[(Episodes, &[0, 3])]);
    }

    #[test]
    fn one_after_the_other_or_not_known() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/06/2025,04/06/2025\n1,04/06/2025,\n1,05/06/2025,09/06/2025\n1,,\n2,02/06/2025,\n",
            )
            .clean();
    }
}
