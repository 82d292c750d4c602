//! # What it does
//! Compares the decision that adoption is best for the child (`DATE_INT`) with each placement for adoption, and
//! flags both rows where the decision is later.
//!
//! # Why it matters
//! A child may only be placed for adoption once that decision has been taken.
//!
//! # How to put it right
//! Correct the date of the decision from the agency decision maker's record, or the date or type of the placement.
//!
//! # Example
//! `DATE_INT` = 13/10/2025; an episode with `PLACE` = `A6` has `DECOM` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "521",
    title: "The child was placed for adoption before adoption was decided to be best.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "DECOM", "DATE_INT"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for adoption in child.ad1() {
        for episode in child.episodes().iter().filter(|e| e.place.is_any(&["A3", "A4", "A5", "A6"])) {
            if after(adoption.date_int.value(), episode.decom.value()) {
                out.flag(&adoption);
                out.flag(&episode);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_decision_came_after() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_INT\n1,02/09/2025\n2,01/09/2025\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,01/09/2025,A6\n1,01/08/2025,U1\n2,01/09/2025,A3\n")
            .flags(&[(Episodes, &[0]), (Ad1, &[0])]);
    }

    #[test]
    fn no_date_or_another_child() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_INT\n1,\n2,13/10/2025\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,01/09/2025,A6\n2,,A6\n3,01/09/2025,A6\n")
            .clean();
    }
}
