//! # What it does
//! Flags an episode whose placement is provided by another public body (`PR3`) although it is a placement with
//! parents (`P1`), for adoption (`A3` to `A6`), in a children's home (`K1`, `K2`) or with foster carers (`U1` to
//! `U6`).
//!
//! # Why it matters
//! Health trusts and other public bodies do not provide these, so either the placement or its provider is wrong.
//!
//! # How to put it right
//! Correct the placement, or its provider: an authority is `PR1` or `PR2`, a private provider `PR4`, a charity
//! `PR5`.
//!
//! # Example
//! `PLACE` = `U4` with `PLACE_PROVIDER` = `PR3`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "529",
    title: "Another public body is recorded as provider of a placement that it cannot provide.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.episodes() {
        out.flag_if(
            row.place_provider.is("PR3")
                && row
                    .place
                    .is_any(&["P1", "A3", "A4", "A5", "A6", "K1", "K2", "U1", "U2", "U3", "U4", "U5", "U6"]),
            &row,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_placement_that_they_cannot_provide() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR3\n2,A3,PR3\n3,A4,PR3\n4,A5,PR3\n5,A6,PR3\n6,K1,PR3\n7,K2,PR3\n8,U1,PR3\n9,U2,PR3\n10,U3,PR3\n11,U4,PR3\n12,U5,PR3\n13,U6,PR3\n").flags(&[(Episodes, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]);
    }

    #[test]
    fn another_provider_or_another_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR0\n2,R2,PR3\n3,,PR3\n4,P1,\n")
            .clean();
    }
}
