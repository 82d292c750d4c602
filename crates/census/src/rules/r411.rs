//! # What it does
//! Flags an episode said to be inside the authority's area although the placement's postcode lies in another.
//!
//! # Why it matters
//! Placements out of area are watched closely: the child is further from home, and the other authority has to be told.
//!
//! # How to put it right
//! Correct the postcode of the placement.
//!
//! # Example
//! The return is Kent's; the placement lies in Medway, and its location is `IN`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "411",
    title: "The placement is said to be in the authority's area, but its postcode is not.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LOCATION"],
        tables: &[Episodes],
        needs: &[Needs::Places, Needs::Authority],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.pl_location() == "IN" && episode.pl_la() != ctx.authority, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn inside_by_one_account_and_outside_by_the_other() {
        case(&RULE, 2026)
            .authority("E10000016")
            .with(Episodes, "CHILD,PL_LA,PL_LOCATION\n1,E06000035,IN\n2,E06000035,OUT\n3,E10000016,IN\n4,,\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn both_say_the_same() {
        case(&RULE, 2026).with(Episodes, "CHILD,PL_LA,PL_LOCATION\n1,WAL,OUT\n").clean();
    }

    #[test]
    fn without_the_authority_it_is_not_run() {
        case(&RULE, 2026).authority("").with(Episodes, "CHILD,PL_LA\n1,WAL\n").not_run("authority");
    }
}
