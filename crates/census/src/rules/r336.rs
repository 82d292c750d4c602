//! # What it does
//! Flags an episode with `PLACE` = `A3`, `A4` or `A5` (placed for adoption) when the child's placement just before
//! was not a foster home (`U1` to `U6`) and not one for adoption either. A first episode has nothing before it and
//! is not flagged.
//!
//! # Why it matters
//! A child who is placed for adoption with the current carers was fostered by them: the placement before has to say
//! so.
//!
//! # How to put it right
//! Check the order and the types of the placements. An episode may be missing between the two.
//!
//! # Example
//! `PLACE` = `K2`, followed by `PLACE` = `A3`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "336",
    title: "A child placed for adoption was not in a foster home just before.",
    versions: &[Version { from: 2023, fields: &["PLACE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let fitting = ["U1", "U2", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6"];
    for (previous, episode) in child.episodes().pairs().filter(|(_, e)| e.decom.value().is_some()) {
        let for_adoption = episode.place.is_any(&["A3", "A4", "A5"]);
        out.flag_if(for_adoption && !previous.place.is_any(&fitting), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn from_another_kind_of_home() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE\n1,01/06/2025,A3\n1,01/05/2025,K2\n2,01/05/2025,\n2,01/06/2025,A5\n3,01/05/2025,T1\n3,01/06/2025,A4\n",
            )
            .flags(&[(Episodes, &[0, 3, 5])]);
    }

    #[test]
    fn from_a_foster_home_or_the_first_there_is() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE\n1,01/05/2025,U6\n1,01/06/2025,A3\n1,01/07/2025,A5\n2,01/05/2025,A4\n3,01/05/2025,P1\n3,01/06/2025,A6\n",
            )
            .clean();
    }
}
