//! # What it does
//! Flags an episode whose placement is provided by a private provider (`PR4`) although it is with the parents
//! (`P1`).
//!
//! # Why it matters
//! Nobody but the parents provides a placement with parents, so either the placement or its provider is wrong.
//!
//! # How to put it right
//! If the child lives with parents, the provider is `PR0`. If not, correct the placement.
//!
//! # Example
//! `PLACE` = `P1` with `PLACE_PROVIDER` = `PR4`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "530",
    title: "A private provider is recorded for a placement with parents.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.episodes() {
        out.flag_if(row.place_provider.is("PR4") && row.place.is("P1"), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_placement_that_they_cannot_provide() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR4\n").flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn another_provider_or_another_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR0\n2,K1,PR4\n3,,PR4\n4,P1,\n")
            .clean();
    }
}
