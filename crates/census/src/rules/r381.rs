//! # What it does
//! Flags an episode in a temporary placement (`T0` to `T4`) with which the child ceased to be looked after: its
//! reason (`REC`) is filled in and is not `X1`.
//!
//! # Why it matters
//! From a temporary placement the child goes back to the normal one. If care ended there, the last placement is
//! recorded wrongly.
//!
//! # How to put it right
//! Record the placement under the type it really was, or add the episode in which the child was back.
//!
//! # Example
//! `PLACE` = `T2` with `REC` = `E4A`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "381",
    title: "Care ended while the child was in a temporary placement.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "REC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::ends_care) {
        out.flag_if(episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn care_ends_in_a_temporary_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,REC\n1,T0,E4A\n2,T4,E8\n3,T1,X1\n4,U6,E4A\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn the_stay_goes_on() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,REC\n1,T0,\n2,,E8\n").clean();
    }
}
