//! # What it does
//! For a child who was adopted (`REC` = `E11` or `E12`), flags the last episode and the row of AD1 when they
//! contradict each other: `FOSTER_CARE` is `0` (not the current foster carers) and the placement is with them
//! (`A3`, `A5`, or the old `A2`), or it is `1` and the placement is with others (`A4`, `A6`, or the old `A1`).
//!
//! # Why it matters
//! Adoptions by foster carers are published and timed apart from others.
//!
//! # How to put it right
//! Ask whether the adopters were the child's foster carers, and correct the placement type or `FOSTER_CARE`.
//!
//! # Example
//! `PLACE` = `A5` with `FOSTER_CARE` = `0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "335",
    title: "The adoption by foster carers does not agree with the last placement.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "FOSTER_CARE"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for adoption in child.ad1() {
        let others: &[&str] = match adoption.foster_care.value() {
            Some(false) => &["A2", "A3", "A5"],
            Some(true) => &["A1", "A4", "A6"],
            None => continue,
        };
        // `E1` was the code for an adoption before it was divided.
        for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E1", "E11", "E12"])) {
            if episode.place.is_any(others) {
                out.flag(&episode);
                out.flag(&adoption);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_two_contradict_each_other() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,REC\n1,A5,E11\n2,A6,E12\n3,A6,E12\n")
            .with(Ad1, "CHILD,FOSTER_CARE\n1,0\n2,1\n3,0\n")
            .flags(&[(Episodes, &[0, 1]), (Ad1, &[0, 1])]);
    }

    #[test]
    fn they_agree_or_it_is_not_the_last_placement() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,REC\n1,A5,E11\n2,A5,X1\n2,A6,E12\n3,A5,E11\n")
            .with(Ad1, "CHILD,FOSTER_CARE\n1,1\n2,0\n3,\n")
            .clean();
    }
}
