//! # What it does
//! Flags an episode of an agreed series of short breaks (`LS` = `V3` or `V4`) in a temporary placement (`T0` to
//! `T4`).
//!
//! # Why it matters
//! A temporary placement is time away from a normal placement. A child on short breaks lives at home and has none.
//!
//! # How to put it right
//! Enter the placement type of the home that gives the breaks, or correct the legal status.
//!
//! # Example
//! `LS` = `V4` with `PLACE` = `T2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "382",
    title: "A short break is recorded as a temporary placement.",
    versions: &[Version {
        from: 2023,
        fields: &["LS", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::is_short_term) {
        out.flag_if(episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_break_of_either_kind() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PLACE\n1,V3,T0\n2,V4,T4\n3,C2,T1\n4,V4,U6\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn nothing_to_compare() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,PLACE\n1,,T0\n2,V3,\n").clean();
    }
}
