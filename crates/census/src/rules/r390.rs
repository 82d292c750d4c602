//! # What it does
//! Flags an episode that ended in adoption (`REC` = `E11` or `E12`) in which the child was not placed for adoption
//! (`PLACE` = `A3` to `A6`).
//!
//! # Why it matters
//! Without the placement for adoption nobody can tell how long the child waited for a family.
//!
//! # How to put it right
//! Add the episode in which the child was placed for adoption, from the day the adopters took over the care; or
//! correct the placement type or the reason.
//!
//! # Example
//! `REC` = `E12` with `PLACE` = `U6`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "390",
    title: "A child is recorded as adopted from a placement that is not for adoption.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "REC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E11", "E12"])) {
        out.flag_if(!episode.place.is_any(&["A3", "A4", "A5", "A6"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_placement_or_none() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REC,PLACE\n1,E11,U6\n2,E12,\n3,E11,A3\n4,E12,A6\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn no_adoption() {
        case(&RULE, 2026).with(Episodes, "CHILD,REC,PLACE\n1,E4A,U6\n2,,P1\n").clean();
    }
}
