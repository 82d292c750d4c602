//! # What it does
//! Flags an episode of an agreed series of short breaks (`LS` = `V3` or `V4`) in a long-term foster placement
//! (`PLACE` = `U1` or `U4`).
//!
//! # Why it matters
//! A child who lives at home and goes away for short breaks is not fostered for the long term.
//!
//! # How to put it right
//! Enter `U3` or `U6` for breaks with foster carers, or correct the legal status if the child really lives there.
//!
//! # Example
//! `LS` = `V4` with `PLACE` = `U4`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "384",
    title: "A short break is recorded as long-term fostering.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "LS"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::is_short_term) {
        out.flag_if(episode.place.is_any(&["U1", "U4"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_break_of_either_kind() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PLACE\n1,V3,U1\n2,V4,U4\n3,C2,U1\n4,V4,U6\n5,V3,U3\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn nothing_to_compare() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,PLACE\n1,,U1\n2,V3,\n").clean();
    }
}
