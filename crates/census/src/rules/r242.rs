//! # What it does
//! Flags an episode with `URN` = `XXXXXXX` whose placement is not for adoption (`A3` to `A6`).
//!
//! # Why it matters
//! `XXXXXXX` stands for a regional adoption agency, which has no number of its own. Every other registered home has
//! one.
//!
//! # How to put it right
//! Enter the number of the home, or empty `URN` where the placement has none.
//!
//! # Example
//! `PLACE` = `K3` with `URN` = `XXXXXXX`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "242",
    title: "The number for regional adoption agencies is used for another placement.",
    versions: &[Version { from: 2026, fields: &["URN"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.urn.is("XXXXXXX")) {
        out.flag_if(!episode.place.is_any(&["A3", "A4", "A5", "A6"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn not_for_adoption() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,URN\n1,K3,XXXXXXX\n2,,xxxxxxx\n3,A6,XXXXXXX\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn for_adoption_or_a_real_number() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,URN\n1,A3,XXXXXXX\n2,K3,SC1\n3,K3,\n").clean();
    }
}
