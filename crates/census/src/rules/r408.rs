//! # What it does
//! Flags an episode in which the child is placed for adoption under a placement order (`PLACE` = `A5` or `A6`) and
//! the legal status (`LS`) is not `E1`, or is blank.
//!
//! # Why it matters
//! One of the two is wrong. Without the order the child may not be placed like this.
//!
//! # How to put it right
//! If the court made a placement order, correct the legal status. If the parents consented, the placement is `A3` or
//! `A4`.
//!
//! # Example
//! `PLACE` = `A5` with `LS` = `C2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "408",
    title: "A child is placed for adoption with a placement order, but the legal status is another.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "LS"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is_any(&["A5", "A6"])) {
        out.flag_if(!episode.ls.is("E1"), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_legal_status_or_none() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,LS\n1,A5,C2\n2,A6,\n3,A5,E1\n4,A6,E1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn other_placements() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,LS\n1,A3,C2\n2,U6,C2\n3,,\n").clean();
    }
}
