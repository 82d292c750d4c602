//! # What it does
//! Flags an episode of a short break (`LS` = `V3`) whose reason (`RNE`) is not `S`.
//!
//! # Why it matters
//! Each break is one stay in one place: it starts with `S` and ends the care. A child who moves within it is not on
//! a short break any more.
//!
//! # How to put it right
//! If this was a break of its own, the reason is `S`. If the child moved, the legal status has to change.
//!
//! # Example
//! `LS` = `V3` with `RNE` = `P`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "366",
    title: "A short break has a change of placement or status within it.",
    versions: &[Version { from: 2023, fields: &["RNE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("V3")) {
        out.flag_if(!episode.starts_care(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn it_is_no_start() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,RNE\n1,V3,P\n2,V3,\n3,V3,S\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn other_statuses_may_change() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,RNE\n1,V4,P\n2,C2,L\n3,,P\n").clean();
    }
}
