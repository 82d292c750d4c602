//! # What it does
//! Flags an episode in which the child is placed with parents (`PLACE` = `P1`) under a single period of
//! accommodation (`LS` = `V2`).
//!
//! # Why it matters
//! A child whom the authority accommodates at the parents' wish does not live with them: at home the child would not
//! be looked after at all.
//!
//! # How to put it right
//! Correct the legal status if there is a care order. If there is none, care ended on the day the child went home.
//!
//! # Example
//! `PLACE` = `P1` with `LS` = `V2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "378",
    title: "A child at home with parents is recorded as accommodated by agreement.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "LS"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.place.is("P1") && episode.ls.is("V2"), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn accommodated_at_home() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,LS\n1,P1,V2\n2,P1,C2\n3,U6,V2\n4,p1,v2\n")
            .flags(&[(Episodes, &[0, 3])]);
    }

    #[test]
    fn nothing_to_compare() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,LS\n1,P1,\n2,,V2\n").clean();
    }
}
