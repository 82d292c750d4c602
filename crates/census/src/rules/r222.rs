//! # What it does
//! Flags an episode with a provider number (`URN`) other than `XXXXXXX`, whose placement is not with a registered
//! provider: with parents (`P1`), in employment (`P3`), in care homes, hospitals and custody (`R1`, `R2`, `R5`),
//! temporary (`T0` to `T4`) or other (`Z1`; from 2025-26 `Z11` to `Z14`). `P2` is one of them until 2023-24, `H5`
//! in 2022-23.
//!
//! # Why it matters
//! Either the placement type is wrong, or the child is counted at a home where the child does not live.
//!
//! # How to put it right
//! Empty `URN`, or correct the placement type.
//!
//! # Example
//! `PLACE` = `P1` (with parents) with `URN` = `SC400001`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "222",
    title: "A provider number is given for a kind of placement that has none.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2023),
            fields: &["URN"],
            tables: &[Episodes],
            ..Version::child(in_2023)
        },
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["URN"],
            tables: &[Episodes],
            ..Version::child(in_2024)
        },
        Version {
            from: 2025,
            to: Some(2025),
            fields: &["URN"],
            tables: &[Episodes],
            ..Version::child(in_2025)
        },
        Version { from: 2026, fields: &["URN"], tables: &[Episodes], ..Version::child(since_2026) },
    ],
};

/// Placements that never had a number.
const ALWAYS: [&str; 10] = ["P1", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4"];

fn in_2023(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["H5", "P2", "Z1"], out);
}

fn in_2024(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["P2", "Z1"], out);
}

fn in_2025(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["Z1"], out);
}

fn since_2026(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["Z11", "Z12", "Z13", "Z14"], out);
}

fn check(child: &Child<'_>, and: &[&str], out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.urn.is_blank() && !e.urn.is("XXXXXXX")) {
        out.flag_if(episode.place.is_any(&ALWAYS) || episode.place.is_any(and), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_number_where_there_is_none() {
        let rows = "CHILD,PLACE,URN\n1,P1,SC1\n2,H5,SC1\n3,P2,SC1\n4,Z1,SC1\n5,Z12,SC1\n6,T4,SC1\n";
        case(&RULE, 2023).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 2, 3, 5])]);
        case(&RULE, 2024).with(Episodes, rows).flags(&[(Episodes, &[0, 2, 3, 5])]);
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[0, 3, 5])]);
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[0, 4, 5])]);
    }

    #[test]
    fn no_number_or_a_registered_home() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,URN\n1,P1,\n2,K2,SC1\n3,R5,XXXXXXX\n4,,SC1\n").clean();
    }
}
