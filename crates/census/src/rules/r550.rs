//! # What it does
//! Flags an episode whose provider is the parents (`PR0`) although the placement is not with parents (`P1`).
//!
//! # Why it matters
//! Parents provide no other placement. The true provider, and what the placement costs, is lost.
//!
//! # How to put it right
//! Correct the placement if the child lives with parents. If not, enter who provides it.
//!
//! # Example
//! `PLACE` = `A6` with `PLACE_PROVIDER` = `PR0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "550",
    title: "Parents are recorded as provider, but the child is not placed with them.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "PLACE_PROVIDER"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.episodes() {
        out.flag_if(row.place_provider.is("PR0") && !row.place.is("P1"), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn parents_as_provider_of_another_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,A6,PR0\n2,,PR0\n3,P1,PR0\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn other_providers_are_no_matter_for_this_rule() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,K1,PR4\n2,T1,\n3,P1,\n").clean();
    }
}
