//! # What it does
//! Looks at each child with a placement order in force (an open episode with `LS` = `E1`). Flags the episode if no
//! decision that the child should be placed for adoption is recorded; flags the rows of the decision if none has a
//! date and still stands. A child who is placed for adoption already (`PLACE` is `A3` to `A6`) is left to rule 551.
//!
//! # Why it matters
//! Such an order is only asked for once the authority has decided that the child should be placed for adoption.
//! Without the date nobody can measure how long it took.
//!
//! # How to put it right
//! Enter the date of the decision and leave its end and the reason blank. If the plan has changed, the order is
//! revoked: correct the legal status.
//!
//! # Example
//! An open episode with `LS` = `E1`, and no row for the child in PlacedAdoption.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "553",
    title: "The child has a placement order, but no standing decision to place for adoption.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    without_decision(child, "E1", out);
}

/// Flags an order in force (by its legal status) without a decision, or the decisions of which none stands.
pub(super) fn without_decision(child: &Child<'_>, order: &str, out: &mut Findings) {
    let decisions = child.placed_adoption();
    let stands = decisions.iter().any(|d| {
        d.date_placed.value().is_some()
            && d.date_placed_ceased.is_blank()
            && d.reason_placed_ceased.is_blank()
    });
    // Of a child who is placed for adoption already, rule 551 asks for the decision.
    let placed = |e: &Row<'_, EpisodeRow>| e.place.is_any(&["A3", "A4", "A5", "A6"]);
    for episode in child.episodes().iter().filter(|e| e.ls.is(order) && e.dec.is_blank() && !placed(e)) {
        out.flag_if(decisions.is_empty(), &episode);
        if !stands {
            out.flag_all(decisions);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_row_at_all_or_none_that_stands() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DEC\n1,E1,\n2,E1,\n3,E1,\n4,E1,\n").with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n2,,,\n3,01/06/2023,,RD1\n4,01/06/2023,01/08/2023,RD1\n").flags(&[(Episodes, &[0]), (PlacedAdoption, &[0, 1, 2])]);
    }

    #[test]
    fn a_child_placed_for_adoption_is_left_to_another_rule() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,LS,PLACE,DEC\n1,E1,A6,\n2,E1,U5,\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,\n2,\n")
            .flags(&[(PlacedAdoption, &[1])]);
    }

    #[test]
    fn a_decision_stands_or_there_is_no_order() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DEC\n1,E1,\n2,E1,01/06/2023\n3,C2,\n").with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,01/06/2022,01/08/2022,RD1\n1,01/06/2023,,\n").clean();
    }
}
