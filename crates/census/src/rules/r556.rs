//! # What it does
//! Flags an episode with a freeing order (`LS` = `D1`) that starts before the decision that the child should be
//! placed for adoption (`DATE_PLACED`).
//!
//! # Why it matters
//! The authority applied for a freeing order after it had decided that the child should be placed for adoption, not
//! before.
//!
//! # How to put it right
//! Correct the date of the decision, or the day on which the order was made.
//!
//! # Example
//! `LS` = `D1` and `DECOM` = 01/06/2023; `DATE_PLACED` = 13/10/2023.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "556",
    title: "The freeing order was made before the decision to place for adoption.",
    versions: &[Version {
        from: 2023,
        to: Some(2024),
        fields: &["DATE_PLACED", "DECOM"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("D1")) {
        let late =
            child.placed_adoption().iter().any(|d| after(d.date_placed.value(), episode.decom.value()));
        out.flag_if(late, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_decision_came_after() {
        case(&RULE, 2024)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,02/06/2023\n2,01/06/2023\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,01/06/2023,D1\n2,01/06/2023,D1\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn another_order_or_no_date() {
        case(&RULE, 2024)
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,02/06/2023\n2,\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,01/06/2023,E1\n2,01/06/2023,D1\n3,01/06/2023,D1\n")
            .clean();
    }
}
