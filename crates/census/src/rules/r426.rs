//! # What it does
//! Flags the short-break episodes of a child who has at least one under `LS` = `V3` (each break is recorded) and one
//! under `V4` (only the agreement is).
//!
//! # Why it matters
//! The same breaks may be counted twice. An authority chooses one way of recording for a child and keeps to it for
//! the year.
//!
//! # How to put it right
//! Choose `V3` or `V4` for the child and record the year's breaks in that way only.
//!
//! # Example
//! Two breaks under `V3` in May, and an agreement under `V4` from September.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "426",
    title: "A child has short breaks recorded in both ways in one year.",
    versions: &[Version { from: 2023, fields: &["LS"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    let has = |status: &str| episodes.iter().any(|e| e.ls.is(status));
    if has("V3") && has("V4") {
        out.flag_all(episodes.iter().filter(Row::is_short_term));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn both_ways() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS\n1,V3\n2,V3\n1,V4\n1,C2\n").flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn one_way_each() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS\n1,V3\n1,V3\n2,V4\n2,C2\n3,\n").clean();
    }
}
