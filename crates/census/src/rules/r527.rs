//! # What it does
//! Flags an episode whose placement is provided by the authority itself (`PR1`) although it is a placement with
//! parents (`P1`), in the health service (`R2`) or in a young offender institution (`R5`).
//!
//! # Why it matters
//! None of these is a local authority's to provide, so either the placement or its provider is wrong.
//!
//! # How to put it right
//! Correct the placement, or its provider: `PR0` for parents, `PR3` for the health service and other public bodies.
//!
//! # Example
//! `PLACE` = `R2` with `PLACE_PROVIDER` = `PR1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "527",
    title: "The authority is recorded as provider of a placement that it cannot provide.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.episodes() {
        out.flag_if(row.place_provider.is("PR1") && row.place.is_any(&["P1", "R2", "R5"]), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_placement_that_they_cannot_provide() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR1\n2,R2,PR1\n3,R5,PR1\n")
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn another_provider_or_another_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,P1,PR0\n2,K1,PR1\n3,,PR1\n4,P1,\n")
            .clean();
    }
}
