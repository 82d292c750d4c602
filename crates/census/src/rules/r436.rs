//! # What it does
//! Flags an episode with `RNE` = `B` or `U` whose legal status is the same as that of the episode before it, or
//! whose placement is: the placement type, the postcode, the provider number and the kind of provider are all
//! unchanged.
//!
//! # Why it matters
//! These reasons are what moves are counted from. A wrong one counts a move, or a change of legal status, that never
//! happened.
//!
//! # How to put it right
//! Choose the reason that says what changed: `P` or `T` for the placement, `L` for the legal status. Or correct the
//! cell that should have changed.
//!
//! # Example
//! `RNE` = `B`, and both episodes have `LS` = `C2`.

use super::r434::{same_placement, same_status};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "436",
    title: "The episode is said to change both placement and legal status, but one of them is the same.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE", "LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs().filter(|(_, e)| e.decom.value().is_some()) {
        let one_stays = same_status(&previous, &episode) || same_placement(&previous, &episode);
        out.flag_if(episode.rne.is_any(&["B", "U"]) && one_stays, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const COLUMNS: &str = "CHILD,DECOM,RNE,LS,PLACE,PL_POST,URN,PLACE_PROVIDER\n";

    #[test]
    fn one_of_them_is_the_same() {
        let rows = "1,01/05/2025,S,C1,U6,TN24 9WZ,,PR1\n1,02/05/2025,B,C1,U6,ME1 1AA,,PR1\n\
            1,03/05/2025,U,C2,U6,ME1 1AA,,PR1\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn both_change() {
        let rows = "1,02/05/2025,B,C2,U6,ME1 1AA,,PR1\n1,01/05/2025,S,C1,U6,TN24 9WZ,,PR1\n\
            1,03/05/2025,U,E1,A5,ME1 1AA,,PR1\n1,04/05/2025,P,E1,A5,ME1 1AA,,PR1\n2,01/05/2025,B,C2,U4,,,\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).clean();
    }
}
