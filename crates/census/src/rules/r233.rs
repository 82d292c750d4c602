//! # What it does
//! Flags an open episode (no `DEC`) with a reason for the change of placement (`REASON_PLACE_CHANGE`).
//!
//! # Why it matters
//! The reason says why a placement ended. Here either the end was not entered, or the reason belongs to the episode
//! before.
//!
//! # How to put it right
//! Enter the end of the episode, or move the reason to the episode that ended.
//!
//! # Example
//! `REASON_PLACE_CHANGE` = `CARPL` and nothing in `DEC`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "233",
    title: "A reason for a change of placement is given, but the episode has not ended.",
    versions: &[Version {
        from: 2026,
        fields: &["REASON_PLACE_CHANGE", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.is_open() && !episode.reason_place_change.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_reason_and_no_end() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REASON_PLACE_CHANGE\n1,,CARPL\n2,01/05/2025,CARPL\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn no_reason_yet() {
        case(&RULE, 2026).with(Episodes, "CHILD,DEC,REASON_PLACE_CHANGE\n1,,\n2,01/05/2025,\n").clean();
    }
}
