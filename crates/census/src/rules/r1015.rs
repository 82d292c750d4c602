//! # What it does
//! Flags an episode with the authority's own provision (`PLACE_PROVIDER` = `PR1`) whose placement lies in another
//! authority, or nobody knows where. Fostering and placements for adoption are left out, for an authority's own
//! carers may live anywhere; so are agreed short breaks (`V3`, `V4`), other placements (`Z1`, from 2025-26 `Z11` to
//! `Z14`), and episodes without a legal status or a placement.
//!
//! # Why it matters
//! An authority's own homes are as a rule in its own area. Either the postcode is wrong, or the kind of provider.
//!
//! # How to put it right
//! Check the postcode of the placement and who runs the home. A home of your own outside the area is right as it
//! is: note that.
//!
//! # Example
//! Kent's return has a children's home (`K2`) with `PLACE_PROVIDER` = `PR1` and a postcode in Medway.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1015",
    title: "The home is said to be the authority's own, but lies in another authority.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2025),
            fields: &["PL_LA"],
            tables: &[Episodes],
            needs: &[Needs::Places, Needs::Authority],
            ..Version::child(check)
        },
        Version {
            from: 2026,
            fields: &["PL_LA"],
            tables: &[Episodes],
            needs: &[Needs::Places, Needs::Authority],
            ..Version::child(check)
        },
    ],
};

/// Fostering and placements for adoption.
const FAMILIES: &[&str] = &["A3", "A4", "A5", "A6", "U1", "U2", "U3", "U4", "U5", "U6"];

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let others: &[&str] = if ctx.year <= 2025 { &["Z1"] } else { &["Z1", "Z11", "Z12", "Z13", "Z14"] };
    for episode in child.episodes().iter().filter(|e| e.place_provider.is("PR1")) {
        let place = &episode.place;
        let asked = !place.is_blank() && !place.is_any(FAMILIES) && !place.is_any(others);
        let asked = asked && !episode.ls.is_blank() && !episode.is_short_term();
        out.flag_if(asked && episode.pl_la() != ctx.authority, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_own_home_elsewhere() {
        case(&RULE, 2026)
        .authority("E10000016")
        .with(
            Episodes,
            "CHILD,PLACE,LS,PLACE_PROVIDER,PL_LA\n1,K2,C2,PR1,E06000035\n2,K3,V2,PR1,WAL\n3,K2,C2,PR1,\n4,K2,C2,PR1,e10000016\n",
        )
        .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn families_short_breaks_and_others_provision() {
        case(&RULE, 2025)
        .with(
            Episodes,
            "CHILD,PLACE,LS,PLACE_PROVIDER,PL_LA\n1,U4,C2,PR1,WAL\n2,A6,E1,PR1,WAL\n3,K2,V4,PR1,WAL\n4,K2,C2,PR4,WAL\n5,K2,,PR1,WAL\n6,,C2,PR1,WAL\n",
        )
        .clean();
    }

    #[test]
    fn other_placements_by_year() {
        let rows = "CHILD,PLACE,LS,PLACE_PROVIDER,PL_LA\n1,Z1,C2,PR1,WAL\n2,Z12,C2,PR1,WAL\n";
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[1])]);
        case(&RULE, 2026).with(Episodes, rows).clean();
    }
}
