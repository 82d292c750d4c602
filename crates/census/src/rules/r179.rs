//! # What it does
//! Flags an episode, other than an agreed series of short-term placements, whose location is neither `IN` nor `OUT`
//! of the area of the authority.
//!
//! # Why it matters
//! Children placed out of area are counted by it.
//!
//! # How to put it right
//! Check the postcode of the placement: the location follows from it.
//!
//! # Example
//! The postcode of the placement is unknown, so its location is blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "179",
    title: "It is not known whether the placement lies inside the authority's area.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LOCATION"],
        tables: &[Episodes],
        needs: &[Needs::Places, Needs::Authority],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(!["IN", "OUT"].contains(&episode.pl_location()) && !episode.is_short_term(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn neither_in_nor_out() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_LOCATION\n1,C2,NEAR\n2,C2,\n3,C2,IN\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn in_out_and_short_breaks() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,PL_LOCATION\n1,C2,IN\n2,C2,OUT\n3,V4,\n").clean();
    }
}
