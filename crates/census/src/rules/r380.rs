//! # What it does
//! Flags an episode with which the child started to be looked after (`RNE` = `S`) in a temporary placement (`T0` to
//! `T4`).
//!
//! # Why it matters
//! A temporary placement is time away from a normal one, and a child who has only just come into care has none yet.
//!
//! # How to put it right
//! Record the placement under the type it really was. If care started earlier, add the first episode.
//!
//! # Example
//! `RNE` = `S` with `PLACE` = `T1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "380",
    title: "A child came into care straight into a temporary placement.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "RNE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.starts_care()) {
        out.flag_if(episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn care_starts_with_a_temporary_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,RNE,PLACE\n1,S,T0\n2,S,T4\n3,P,T1\n4,S,U6\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn nothing_to_compare() {
        case(&RULE, 2026).with(Episodes, "CHILD,RNE,PLACE\n1,,T0\n2,S,\n").clean();
    }
}
