//! # What it does
//! Flags an episode whose placement type is written but is not a code of that year. `K3` came in October 2023; from
//! 2025-26 `H5`, `P2` and `Z1` are gone and `Z11` to `Z14` are there.
//!
//! # Why it matters
//! Where children live, and whether those homes are registered, is counted by this code.
//!
//! # How to put it right
//! Record the placement with a code of the year. Supported accommodation is `K3`; other placements are `Z11` to
//! `Z14` from 2025-26.
//!
//! # Example
//! In a 2025-26 return, `PLACE` = `H5`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "146",
    title: "The placement type is not one of the codes.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["PLACE"],
            tables: &[Episodes],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            to: Some(2025),
            fields: &["PLACE"],
            tables: &[Episodes],
            ..Version::child(check)
        },
        Version { from: 2026, fields: &["PLACE"], tables: &[Episodes], ..Version::child(check) },
    ],
};

const ALWAYS: &[&str] = &[
    "A3", "A4", "A5", "A6", "K1", "K2", "P1", "P3", "R1", "R2", "R3", "R5", "S1", "T0", "T1", "T2", "T3",
    "T4", "U1", "U2", "U3", "U4", "U5", "U6",
];

/// Whether the code is one in the collection that ends in this year.
fn known(code: &str, year: i16) -> bool {
    match code {
        "H5" | "P2" | "Z1" => year <= 2025,
        "K3" => year >= 2024,
        "Z11" | "Z12" | "Z13" | "Z14" => year >= 2026,
        _ => ALWAYS.contains(&code),
    }
}

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(!episode.place.is_blank() && !known(episode.place.raw(), ctx.year), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn codes_come_and_go() {
        let rows = "CHILD,PLACE\n1,H5\n2,K3\n3,Z1\n4,Z14\n5,U9\n6,P2\n";
        case(&RULE, 2023).with(Episodes, rows).flags(&[(Episodes, &[1, 3, 4])]);
        case(&RULE, 2024).with(Episodes, rows).flags(&[(Episodes, &[3, 4])]);
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[3, 4])]);
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[0, 2, 4, 5])]);
    }

    #[test]
    fn codes_of_every_year_and_blanks() {
        for year in 2023..=2027 {
            case(&RULE, year).with(Episodes, "CHILD,PLACE\n1,U6\n2,k2\n3,\n").clean();
        }
    }
}
