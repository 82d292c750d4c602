//! # What it does
//! Compares the decision that the child should be placed for adoption (`DATE_PLACED`) with the start of the
//! placement order (the first of the episodes with `LS` = `E1` that follow one another), and flags both rows where
//! the decision is later.
//!
//! # Why it matters
//! The authority asks the court for a placement order after it has decided that the child should be placed for
//! adoption, not before.
//!
//! # How to put it right
//! Correct the date of the decision, or the day on which the order was made. Only this year's episodes are looked
//! at: if the order was made in an earlier year, check that return too.
//!
//! # Example
//! `DATE_PLACED` = 13/10/2025; the first episode with `LS` = `E1` has `DECOM` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "554",
    title: "The placement order was made before the decision to place for adoption.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DECOM", "LS"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.placed_adoption().is_empty() {
        return;
    }
    for (earlier, episode, _) in child.episodes().neighbours() {
        let made = episode.ls.is("E1") && !earlier.is_some_and(|e| e.ls.is("E1"));
        for decision in child.placed_adoption().iter().filter(|_| made) {
            if after(decision.date_placed.value(), episode.decom.value()) {
                out.flag(&decision);
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
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,02/09/2025\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,01/10/2025,E1\n1,01/09/2025,E1\n1,01/06/2025,C1\n")
            .flags(&[(Episodes, &[1]), (PlacedAdoption, &[0])]);
    }

    #[test]
    fn on_the_day_or_no_date() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/09/2025\n2,\n3,01/09/2025\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,01/09/2025,E1\n2,01/09/2025,E1\n3,,E1\n3,01/05/2025,C2\n")
            .clean();
    }
}
