//! # What it does
//! Flags a temporary placement (`T0` to `T4`) when it, or the child's episode before it, has a reason for the
//! change of placement (`REASON_PLACE_CHANGE`).
//!
//! # Why it matters
//! The child is expected back, so the move is no change of placement and has no reason. Counted as one, it makes
//! the child's care look less stable than it is.
//!
//! # How to put it right
//! Take the reason out of both episodes. If the child will not go back, correct the placement type.
//!
//! # Example
//! An episode with `PLACE` = `U6` and the reason `CARPL`, followed by one with `PLACE` = `T1` (in hospital).

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "226",
    title: "A reason for a change of placement is given, but the move is a temporary one.",
    versions: &[Version {
        from: 2023,
        fields: &["REASON_PLACE_CHANGE", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (before, episode, _) in child.episodes().neighbours() {
        let temporary = episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"]);
        let reason = !episode.reason_place_change.is_blank()
            || before.is_some_and(|before| !before.reason_place_change.is_blank());
        out.flag_if(temporary && reason, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_reason_for_going_or_for_coming_back() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE,REASON_PLACE_CHANGE\n1,05/06/2025,T1,\n1,01/05/2025,U6,CARPL\n2,01/05/2025,T4,OTHER\n",
            )
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn no_reason_or_no_temporary_placement() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE,REASON_PLACE_CHANGE\n1,01/05/2025,U6,\n1,05/06/2025,T1,\n2,01/05/2025,K2,CLOSE\n2,05/06/2025,U6,\n",
            )
            .clean();
    }
}
