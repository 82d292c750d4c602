//! # What it does
//! Flags a placement in a children's home, family centre or residential school (`K1`, `K2`, `R3`, `S1`; in 2023-24
//! also `H5`, from 2024-25 also `K3`) whose postcode (`PL_POST`) is not that of the home with this number in the
//! list of providers. Short breaks (`V3`, `V4`), blanks and the number `XXXXXXX` are left out.
//!
//! # Why it matters
//! The child is not where the return says, or the wrong home is recorded. Distance from home and placements out of
//! area are worked out from this postcode.
//!
//! # How to put it right
//! Compare postcode and number with the placement agreement. A provider with several homes has a number for each.
//!
//! # Example
//! `PLACE` = `K2`, `PL_POST` = `TN24 9WZ`; the home with that `URN` is at `CT11 7PP`.

use crate::check::plain_postcode;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "221",
    title: "The postcode of the placement is not that of the registered home.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2023),
            fields: &["PL_POST"],
            tables: &[Episodes],
            needs: &[Needs::Providers],
            ..Version::child(in_2023)
        },
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["PL_POST"],
            tables: &[Episodes],
            needs: &[Needs::Providers],
            ..Version::child(in_2024)
        },
        Version {
            from: 2025,
            fields: &["PL_POST"],
            tables: &[Episodes],
            needs: &[Needs::Providers],
            ..Version::child(since_2025)
        },
    ],
};

fn in_2023(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    check(child, ctx, &["K1", "K2", "R3", "S1"], out);
}

fn in_2024(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    check(child, ctx, &["K1", "K2", "R3", "S1", "H5"], out);
}

fn since_2025(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    check(child, ctx, &["K1", "K2", "K3", "R3", "S1"], out);
}

fn check(child: &Child<'_>, ctx: &Context<'_>, homes: &[&str], out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is_any(homes) && !e.is_short_term()) {
        if episode.urn.is_blank() || episode.urn.is("XXXXXXX") || episode.pl_post.is_blank() {
            continue;
        }
        let placed = plain_postcode(episode.pl_post.raw());
        let there = ctx.providers.of(episode.urn.raw()).iter().any(|provider| provider.postcode == placed);
        out.flag_if(!there, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,POSTCODE\nSC1,TN249WZ\nSC2,\nSC3,CT117PP\nSC3,ME59HT\n";

    #[test]
    fn another_postcode_or_none_to_compare_with() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,PLACE,PL_POST,URN\n1,K2,CT11 7PP,SC1\n2,R3,CT11 7PP,SC2\n3,S1,CT11 7PP,SC9\n4,K1,TN24 9WZ,SC3\n",
            )
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn the_kinds_of_home_change_over_the_years() {
        let rows = "CHILD,PLACE,PL_POST,URN\n1,H5,CT11 7PP,SC1\n2,K3,CT11 7PP,SC1\n3,U6,CT11 7PP,SC1\n";
        case(&RULE, 2023).providers(LIST).with(Episodes, rows).clean();
        case(&RULE, 2024).providers(LIST).with(Episodes, rows).flags(&[(Episodes, &[0])]);
        case(&RULE, 2025).providers(LIST).with(Episodes, rows).flags(&[(Episodes, &[1])]);
    }

    #[test]
    fn the_same_however_it_is_spaced_or_nothing_to_compare() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,LS,PLACE,PL_POST,URN\n1,C2,K2,tn24  9wz,SC1\n2,C2,K2,ME5 9HT,SC3\n3,V4,K2,X1 1XX,SC1\n4,C2,K2,,SC1\n5,C2,K2,X1 1XX,\n",
            )
            .clean();
    }
}
