//! # What it does
//! Flags an episode with `RNE` = `P` or `T` whose legal status is not the same as that of the episode before it, or
//! whose placement is: the placement type, the postcode, the provider number and the kind of provider are all
//! unchanged.
//!
//! # Why it matters
//! These reasons are what moves are counted from. A wrong one counts a move that never happened, or hides a change
//! of legal status.
//!
//! # How to put it right
//! Choose the reason that says what changed: `L` for the legal status, `B` or `U` for both. Or correct the cell that
//! should have changed.
//!
//! # Example
//! `RNE` = `P`, and both episodes have the same home and provider.

use super::r434::{same_placement, same_status};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "435",
    title: "The episode is said to change the placement only, but the rows say otherwise.",
    versions: &[Version {
        from: 2023,
        fields: &["LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs().filter(|(_, e)| e.decom.value().is_some()) {
        let as_said = same_status(&previous, &episode) && !same_placement(&previous, &episode);
        out.flag_if(episode.rne.is_any(&["P", "T"]) && !as_said, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const COLUMNS: &str = "CHILD,DECOM,RNE,LS,PLACE,PL_POST,URN,PLACE_PROVIDER\n";

    #[test]
    fn the_placement_is_the_same_or_the_status_is_not() {
        let rows = "1,01/05/2025,S,C1,U6,TN24 9WZ,,PR1\n1,02/05/2025,P,C1,U6,TN249WZ,,PR1\n\
            1,03/05/2025,T,C2,U4,TN24 9WZ,,PR1\n1,04/05/2025,T,C2,U4,TN24 9WZ,,PR1\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn only_the_placement_changes() {
        let rows = "1,02/05/2025,P,C1,U6,ME1 1AA,,PR1\n1,01/05/2025,S,C1,U6,TN24 9WZ,,PR1\n\
            1,03/05/2025,T,C1,U4,ME1 1AA,,PR1\n1,04/05/2025,L,C2,U4,ME1 1AA,,PR1\n2,01/05/2025,P,C2,U4,,,\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).clean();
    }
}
