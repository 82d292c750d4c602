//! # What it does
//! Flags a child who left care without being adopted although placed for adoption (`PLACE` is `A3` to `A6`) or
//! under an order that frees the child for it (`LS` is `E1`; `D1` too until 2023-24), when it is not recorded when
//! and why the decision on adoption was taken back. Both the episode and the row of the decision are flagged.
//!
//! # Why it matters
//! A child who goes home, or to a guardian, is no longer waiting for adoption. Left as it is, the decision counts
//! as standing for ever.
//!
//! # How to put it right
//! Enter the date on which the decision was taken back and the reason. If the child was adopted, the reason for
//! leaving care is `E11` or `E12`.
//!
//! # Example
//! An episode with `LS` = `E1` ends with `E4A`, and `DATE_PLACED_CEASED` is blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "557",
    title: "The child left care without being adopted, and the end of the adoption decision is not recorded.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["DATE_PLACED_CEASED", "REASON_PLACED_CEASED", "PLACE", "LS", "REC"],
            tables: &[Episodes, PlacedAdoption],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            fields: &["DATE_PLACED_CEASED", "REASON_PLACED_CEASED", "PLACE", "LS", "REC"],
            tables: &[Episodes, PlacedAdoption],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let orders: &[&str] = if ctx.year <= 2024 { &["D1", "E1"] } else { &["E1"] };
    let decisions = child.placed_adoption();
    let left = |e: &Row<'_, EpisodeRow>| {
        (e.place.is_any(&["A3", "A4", "A5", "A6"]) || e.ls.is_any(orders))
            && e.ends_care()
            && !e.rec.is_any(&["E11", "E12"])
    };
    for episode in child.episodes().iter().filter(left) {
        let unfinished = || {
            decisions.iter().filter(|d| d.date_placed_ceased.is_blank() || d.reason_placed_ceased.is_blank())
        };
        if decisions.is_empty() || unfinished().next().is_some() {
            out.flag(&episode);
            out.flag_all(unfinished());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn left_and_the_decision_still_stands() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,LS,REC\n1,U6,E1,E4A\n2,A4,C2,E45\n3,A4,C2,E2\n4,U6,D1,E4A\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,,\n2,01/09/2025,\n")
            .flags(&[(Episodes, &[0, 1, 2]), (PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn freeing_orders_count_until_2024() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,LS,REC\n1,D1,E4A\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,\n")
            .flags(&[(Episodes, &[0]), (PlacedAdoption, &[0])]);
    }

    #[test]
    fn adopted_still_here_or_taken_back() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,PLACE,LS,REC\n1,A6,E1,E12\n2,A6,E1,X1\n3,A6,E1,\n4,A6,E1,E4A\n5,U6,C2,E4A\n",
            )
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,,\n4,01/09/2025,RD4\n5,,\n",
            )
            .clean();
    }
}
