//! # What it does
//! Flags an episode whose provider is written but is not `PR0` to `PR5`, or is written for a placement that has
//! none: a temporary one (`T0` to `T4`) or an other placement (`Z1` until 2024-25, `Z11` to `Z14` from 2025-26).
//!
//! # Why it matters
//! Who provides placements, and how many are bought in, is worked out from this code.
//!
//! # How to put it right
//! Choose `PR0` (parents), `PR1` (own provision), `PR2` (another authority), `PR3` (other public), `PR4` (private)
//! or `PR5` (voluntary). For a temporary or other placement leave it blank.
//!
//! # Example
//! `PLACE` = `T1` with `PLACE_PROVIDER` = `PR1`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "178",
    title: "The provider of the placement is not one of the codes, or a placement without a provider has one.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2025),
            fields: &["PLACE_PROVIDER"],
            tables: &[Episodes],
            ..Version::child(check)
        },
        Version { from: 2026, fields: &["PLACE_PROVIDER"], tables: &[Episodes], ..Version::child(check) },
    ],
};

const TEMPORARY: &[&str] = &["T0", "T1", "T2", "T3", "T4"];

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let other: &[&str] = if ctx.year <= 2025 { &["Z1"] } else { &["Z11", "Z12", "Z13", "Z14"] };
    for episode in child.episodes().iter().filter(|e| !e.place_provider.is_blank()) {
        let place = episode.place.raw();
        let has_none = TEMPORARY.contains(&place) || other.contains(&place);
        let known = CodeList::PlaceProvider.codes().contains(&episode.place_provider.raw());
        out.flag_if(has_none || !known, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_unknown_code_and_a_provider_that_should_not_be() {
        let rows = "CHILD,PLACE,PLACE_PROVIDER\n1,U6,PR9\n2,T0,PR1\n3,Z1,PR4\n4,Z14,PR4\n5,,PR0\n";
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 2])]);
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 3])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,U6,PR5\n2,T0,\n3,Z11,\n4,U6,\n")
            .clean();
    }
}
