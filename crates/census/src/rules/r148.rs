//! # What it does
//! Flags an episode in which only one of the end and the reason for the end is filled in.
//!
//! # Why it matters
//! Half an end leaves it open whether the child is still looked after.
//!
//! # How to put it right
//! Fill in both, or neither if the episode goes on. An episode that is followed by another on the same day ends
//! with `X1`.
//!
//! # Example
//! `DEC` = 05/09/2025 with `REC` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "148",
    title: "The episode has an end without a reason, or a reason without an end.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "REC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.dec.is_blank() != episode.rec.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn only_one_of_the_two() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,05/09/2025,\n2,,X1\n3,05/09/2025,X1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn both_or_neither() {
        case(&RULE, 2026).with(Episodes, "CHILD,DEC,REC\n1,05/09/2025,E11\n2,,\n").clean();
    }
}
