//! # What it does
//! Flags an episode that ended with the child going on to another placement, without a reason for the change
//! (`REASON_PLACE_CHANGE`). It ended so when `REC` is `X1` and the child's next episode starts with a change of
//! placement (`RNE` = `P`, `T`, `B` or `U`). Moves to or from a temporary placement (`T0` to `T4`) need no reason.
//!
//! # Why it matters
//! Why children move is one of the first things that inspectors ask. The reason sits on the episode that ended.
//!
//! # How to put it right
//! Enter the reason on the episode flagged, not on the next. If the child did not move, correct the next episode's
//! `RNE`.
//!
//! # Example
//! `REC` = `X1`, no reason, and the next episode has `RNE` = `P`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "225",
    title: "The child moved, but no reason for the change of placement is given.",
    versions: &[Version {
        from: 2023,
        fields: &["REASON_PLACE_CHANGE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (episode, next) in child.episodes().pairs().filter(|(_, next)| next.decom.value().is_some()) {
        let moved = episode.rec.is("X1") && next.rne.is_any(&["P", "T", "B", "U"]);
        let temporary = is_temporary(&episode) || is_temporary(&next);
        out.flag_if(moved && !temporary && episode.reason_place_change.is_blank(), &episode);
    }
}

fn is_temporary(episode: &Row<'_, EpisodeRow>) -> bool {
    episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_move_without_a_reason() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE,REC,PLACE,REASON_PLACE_CHANGE\n1,05/06/2025,P,,K2,\n1,01/05/2025,S,X1,U6,\n2,01/05/2025,S,X1,U6,\n2,02/05/2025,T,,U4,\n",
            )
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn a_reason_or_no_move_or_a_temporary_one() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE,REC,PLACE,REASON_PLACE_CHANGE\n1,01/05/2025,S,X1,U6,CARPL\n1,05/06/2025,P,X1,K2,\n1,06/06/2025,L,X1,K2,\n1,07/06/2025,P,X1,T4,\n1,08/06/2025,P,E4A,U6,\n1,09/06/2025,P,,U6,\n2,,P,,U6,\n",
            )
            .clean();
    }
}
