//! # What it does
//! Flags an episode with a provider number (`URN`) although the placement lies in Wales, Scotland, Northern
//! Ireland, the Channel Islands or abroad.
//!
//! # Why it matters
//! Ofsted registers homes in England only, so no such home has a number.
//!
//! # How to put it right
//! Empty `URN`, or correct the postcode of the placement.
//!
//! # Example
//! A home in Cardiff with `URN` = `XXXXXXX`.

use super::r218::in_england;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "243",
    title: "A provider number is given for a placement outside England.",
    versions: &[Version {
        from: 2026,
        fields: &["URN"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.urn.is_blank()) {
        out.flag_if(!in_england(&episode), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_number_outside_england() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PL_LA,URN\n1,W06000015,SC1\n2,NIR,XXXXXXX\n3,E10000016,SC1\n4,CON,SC1\n")
            .flags(&[(Episodes, &[0, 1, 3])]);
    }

    #[test]
    fn no_number_or_nobody_knows_where() {
        case(&RULE, 2026).with(Episodes, "CHILD,PL_LA,URN\n1,SCO,\n2,,SC1\n").clean();
    }
}
