//! # What it does
//! Flags an episode without a placement provider (`PLACE_PROVIDER`), unless the placement needs none: temporary
//! placements (`T0` to `T4`) and other placements (`Z1` until 2024-25; `Z11` to `Z14` from 2025-26).
//!
//! # Why it matters
//! Who provides a placement is the basis of what the authority knows of its market and its costs.
//!
//! # How to put it right
//! Enter who provides the placement: `PR0` for parents, `PR1` for the authority's own, and so on.
//!
//! # Example
//! `PLACE` = `U6` with nothing in `PLACE_PROVIDER`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "526",
    title: "An episode has no placement provider.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2025),
            fields: &["PLACE", "PLACE_PROVIDER"],
            tables: &[Episodes],
            ..Version::child(check)
        },
        Version {
            from: 2026,
            fields: &["PLACE", "PLACE_PROVIDER"],
            tables: &[Episodes],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let other: &[&str] = if ctx.year <= 2025 { &["Z1"] } else { &["Z11", "Z12", "Z13", "Z14"] };
    for row in child.episodes() {
        let needs_none = row.place.is_any(&["T0", "T1", "T2", "T3", "T4"]) || row.place.is_any(other);
        out.flag_if(row.place_provider.is_blank() && !needs_none, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_provider_where_one_is_needed() {
        let rows = "CHILD,PLACE,PLACE_PROVIDER\n1,U6,\n2,,\n3,Z1,\n4,Z14,\n5,P1,PR0\n";
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 3])]);
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn temporary_placements_need_none() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,T0,\n2,T4,\n3,K2,PR4\n").clean();
    }
}
