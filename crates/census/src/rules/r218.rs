//! # What it does
//! Flags an episode that was open in the year, in England, whose provider number (`URN`) is blank, unless the
//! placement is of a kind that has no number: with parents (`P1`), in employment (`P3`), in care homes, hospitals
//! and custody (`R1`, `R2`, `R5`), temporary (`T0` to `T4`) or other (`Z1`; from 2025-26 `Z11` to `Z14`). Until
//! 2023-24 `H5` and `P2` have none either. Short breaks (`V3`, `V4`) are left out: rule 214 does not allow them a
//! number. A placement whose authority is not known is taken to be in England.
//!
//! # Why it matters
//! The number shows that the home is registered. Without it, an unregistered placement looks like any other.
//!
//! # How to put it right
//! Enter the number from the placement agreement. `XXXXXXX` is for regional adoption agencies.
//!
//! # Example
//! `PLACE` = `K2` in Kent, `URN` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "218",
    title: "A placement in England that has to have a provider number has none.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["URN"],
            tables: &[Episodes],
            needs: &[Needs::Places],
            ..Version::child(before_supported)
        },
        Version {
            from: 2025,
            to: Some(2025),
            fields: &["URN"],
            tables: &[Episodes],
            needs: &[Needs::Places],
            ..Version::child(with_supported)
        },
        Version {
            from: 2026,
            fields: &["URN"],
            tables: &[Episodes],
            needs: &[Needs::Places],
            ..Version::child(with_kinds_of_other)
        },
    ],
};

fn before_supported(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    check(child, ctx, &["H5", "P1", "P2", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4", "Z1"], out);
}

fn with_supported(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    check(child, ctx, &["P1", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4", "Z1"], out);
}

fn with_kinds_of_other(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let places = ["P1", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14"];
    check(child, ctx, &places, out);
}

fn check(child: &Child<'_>, ctx: &Context<'_>, without: &[&str], out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.urn.is_blank()) {
        let of_the_year = episode.is_open() || on_or_after(episode.dec.value(), ctx.start);
        let exempt = episode.place.is_any(without) || episode.is_short_term();
        out.flag_if(of_the_year && !exempt && in_england(&episode), &episode);
    }
}

/// Whether a placement lies in England, as far as is known: not in Wales, Scotland, Northern Ireland, the Channel
/// Islands or abroad, whose codes alone begin with these letters.
pub(super) fn in_england(episode: &Row<'_, EpisodeRow>) -> bool {
    !episode.pl_la().starts_with(['W', 'S', 'N', 'C'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_number_is_missing() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,PLACE,LS,DEC,PL_LA\n1,K2,C2,,E10000016\n2,U6,C2,01/04/2025,\n3,K3,V2,,E10000016\n4,U6,V4,,\n5,T3,C2,,\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn supported_accommodation_has_a_number_since_2024() {
        let rows = "CHILD,PLACE,PL_LA\n1,H5,E10000016\n2,P2,E10000016\n3,Z1,E10000016\n4,Z11,E10000016\n";
        case(&RULE, 2024).with(Episodes, rows).flags(&[(Episodes, &[3])]);
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 3])]);
    }

    #[test]
    fn it_is_there_or_the_home_is_outside_england_or_the_year() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,PLACE,URN,DEC,PL_LA\n1,K2,SC1,,E10000016\n2,K2,,,W06000008\n3,K2,,,SCO\n4,K2,,31/03/2025,E10000016\n",
            )
            .clean();
    }
}
