//! # What it does
//! Flags an episode, other than an agreed series of short-term placements, for which the authority of the placement
//! is not known.
//!
//! # Why it matters
//! Placements in the area and outside it are told apart by the authority, and other authorities count the children
//! placed with them.
//!
//! # How to put it right
//! Check the postcode of the placement: the authority follows from it. A postcode that is very new may not be in
//! the directory yet.
//!
//! # Example
//! `PL_POST` = `TN99 9ZZ`, which is in no directory.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "169",
    title: "It is not known in which authority the placement lies.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LA"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.pl_la().is_empty() && !episode.is_short_term(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_authority() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_LA\n1,C2,\n2,C2,E10000016\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn short_breaks_and_other_countries() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,PL_LA\n1,V3,\n2,V4,\n3,C2,NIR\n").clean();
    }
}
