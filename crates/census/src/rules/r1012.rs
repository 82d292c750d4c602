//! # What it does
//! Flags every row of PlacedAdoption, Missing, Reviews, AD1, PrevPerm and OC2 of a child without an episode in this
//! year's return. Each of these tables is looked at if it was sent.
//!
//! # Why it matters
//! Those tables tell what happened to children while they were looked after. Of a care leaver who was not in care
//! this year only OC3 is asked.
//!
//! # How to put it right
//! Add the missing episodes, or take the rows out if they belong to another year.
//!
//! # Example
//! Child `777` has a row in Reviews and one in OC3, and none in Episodes.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1012",
    title: "The child has rows in other tables, but no episode this year.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if !child.episodes().is_empty() {
        return;
    }
    out.flag_all(child.placed_adoption());
    out.flag_all(child.missing());
    out.flag_all(child.reviews());
    out.flag_all(child.ad1());
    out.flag_all(child.prev_perm());
    out.flag_all(child.oc2());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn rows_without_an_episode() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n")
            .with(PlacedAdoption, "CHILD\n1\n7\n")
            .with(Missing, "CHILD\n7\n1\n")
            .with(Reviews, "CHILD\n7\n8\n")
            .with(Ad1, "CHILD\n8\n")
            .with(PrevPerm, "CHILD\n1\n8\n")
            .with(Oc2, "CHILD\n9\n")
            .flags(&[
                (PlacedAdoption, &[1]),
                (Missing, &[0]),
                (Reviews, &[0, 1]),
                (Ad1, &[0]),
                (PrevPerm, &[1]),
                (Oc2, &[0]),
            ]);
    }

    #[test]
    fn care_leavers_and_children_in_care() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n")
            .with(Oc3, "CHILD\n2\n")
            .with(Header, "CHILD\n1\n2\n")
            .with(Reviews, "CHILD\n1\n")
            .clean();
    }
}
