//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the placement
//! type (`PLACE`) is another.
//!
//! Two changes of the codes themselves are no difference: in 2024-25, `H5` that became `K3`; from 2025-26, `Z1` that
//! became `Z11`, `Z12`, `Z13` or `Z14`.
//!
//! # Why it matters
//! The two rows are of the same episode. Another kind of placement always opens a new episode.
//!
//! # How to put it right
//! If the child moved, add the episode that is missing. Otherwise correct this year's row; if last year's was wrong,
//! tell the department.
//!
//! # Example
//! Last year the open episode had `PLACE` = `U6`; this year it has `U4`.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503D",
    title: "The placement type of the first episode is not that of last year's open episode.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["PLACE"],
            tables: &[Episodes],
            last: &[Episodes],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            to: Some(2025),
            fields: &["PLACE"],
            tables: &[Episodes],
            last: &[Episodes],
            ..Version::child(check)
        },
        Version {
            from: 2026,
            fields: &["PLACE"],
            tables: &[Episodes],
            last: &[Episodes],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        let same = last.place.raw() == first.place.raw() || new_code(ctx.year, &last, &first);
        out.flag_if(!same, &first);
    }
}

/// Whether the placement is the same, and only the code for it is new in this collection.
fn new_code(year: i16, last: &EpisodeRow, first: &EpisodeRow) -> bool {
    match year {
        2025 => last.place.is("H5") && first.place.is("K3"),
        2026.. => last.place.is("Z1") && first.place.is_any(&["Z11", "Z12", "Z13", "Z14"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,PLACE\n1,01/02/2025,U6\n2,01/02/2025,\n3,01/02/2025,U6\n")
            .with(
                Episodes,
                "CHILD,DECOM,PLACE\n1,01/06/2025,U6\n1,01/02/2025,U4\n2,01/02/2025,U6\n3,01/02/2025,\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn new_codes_are_no_difference_in_their_year() {
        let last = "CHILD,DECOM,PLACE\n1,01/02/2023,H5\n2,01/02/2023,Z1\n3,01/02/2023,Z1\n4,01/02/2023,H5\n";
        let this =
            "CHILD,DECOM,PLACE\n1,01/02/2023,K3\n2,01/02/2023,Z11\n3,01/02/2023,Z14\n4,01/02/2023,K2\n";
        case(&RULE, 2024).last(Episodes, last).with(Episodes, this).flags(&[(Episodes, &[0, 1, 2, 3])]);
        case(&RULE, 2025).last(Episodes, last).with(Episodes, this).flags(&[(Episodes, &[1, 2, 3])]);
        case(&RULE, 2026).last(Episodes, last).with(Episodes, this).flags(&[(Episodes, &[0, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/02/2025,,U6\n2,01/02/2025,03/02/2025,U6\n4,01/02/2025,,\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM,PLACE\n1,01/02/2025,U6\n2,01/02/2025,U4\n3,01/02/2025,U4\n4,01/02/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
