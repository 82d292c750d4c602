//! # What it does
//! Flags an episode with `RNE` = `L` whose legal status is the same as that of the episode before it, or whose
//! placement is not: the placement type, the postcode, the provider number or the kind of provider differs.
//!
//! # Why it matters
//! `L` tells that the child stayed where they were. Moves are counted from these reasons, so a wrong one hides a
//! move.
//!
//! # How to put it right
//! Choose the reason that says what changed: `P` or `T` for the placement, `B` or `U` for both. Or correct the cell
//! that should not have changed.
//!
//! # Example
//! `RNE` = `L`, `LS` goes from `C1` to `C2`, and `PL_POST` changes as well.

use crate::check::plain_postcode;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "434",
    title: "The episode is said to change the legal status only, but the rows say otherwise.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE", "LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in
        child.episodes().pairs().filter(|(_, e)| e.rne.is("L") && e.decom.value().is_some())
    {
        let as_said = !same_status(&previous, &episode) && same_placement(&previous, &episode);
        out.flag_if(!as_said, &episode);
    }
}

/// Whether two episodes have the same legal status.
pub(super) fn same_status(a: &EpisodeRow, b: &EpisodeRow) -> bool {
    a.ls.raw() == b.ls.raw()
}

/// Whether nothing that is told about the placement differs between two episodes. A blank is like a blank only.
pub(super) fn same_placement(a: &EpisodeRow, b: &EpisodeRow) -> bool {
    a.place.raw() == b.place.raw()
        && plain_postcode(a.pl_post.raw()) == plain_postcode(b.pl_post.raw())
        && a.urn.raw() == b.urn.raw()
        && a.place_provider.raw() == b.place_provider.raw()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const COLUMNS: &str = "CHILD,DECOM,RNE,LS,PLACE,PL_POST,URN,PLACE_PROVIDER\n";

    #[test]
    fn the_status_is_the_same_or_the_placement_is_not() {
        let rows = "1,01/05/2025,S,C1,U6,TN24 9WZ,SC1,PR1\n1,02/05/2025,L,C1,U6,TN24 9WZ,SC1,PR1\n\
            1,03/05/2025,L,C2,U4,TN24 9WZ,SC1,PR1\n1,04/05/2025,L,C1,U4,ME1 1AA,SC1,PR1\n\
            1,05/05/2025,L,C2,U4,ME1 1AA,,PR1\n1,06/05/2025,L,C1,U4,ME1 1AA,,PR4\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).flags(&[(Episodes, &[1, 2, 3, 4, 5])]);
    }

    #[test]
    fn only_the_status_changes() {
        let rows = "1,02/05/2025,L,C2,U6,TN249WZ,,PR1\n1,01/05/2025,S,C1,U6,TN24 9WZ,,PR1\n\
            1,03/05/2025,P,C2,U4,ME1 1AA,SC1,PR4\n1,,L,C2,U4,,,\n2,01/05/2025,L,C2,U4,,,\n";
        case(&RULE, 2026).with(Episodes, &format!("{COLUMNS}{rows}")).clean();
    }
}
