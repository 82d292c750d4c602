//! # What it does
//! Looks at each child with a freeing order in force (an open episode with `LS` = `D1`). Flags the episode if no
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
//! An open episode with `LS` = `D1`, and no row for the child in PlacedAdoption.

use super::r553::without_decision;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "555",
    title: "The child has a freeing order, but no standing decision to place for adoption.",
    versions: &[Version {
        from: 2023,
        to: Some(2024),
        fields: &["CHILD", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    without_decision(child, "D1", out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_row_at_all_or_none_that_stands() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DEC\n1,D1,\n2,D1,\n3,D1,\n4,D1,\n").with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n2,,,\n3,01/06/2023,,RD1\n4,01/06/2023,01/08/2023,RD1\n").flags(&[(Episodes, &[0]), (PlacedAdoption, &[0, 1, 2])]);
    }

    #[test]
    fn a_child_placed_for_adoption_is_left_to_another_rule() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,LS,PLACE,DEC\n1,D1,A6,\n2,D1,U5,\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,\n2,\n")
            .flags(&[(PlacedAdoption, &[1])]);
    }

    #[test]
    fn a_decision_stands_or_there_is_no_order() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DEC\n1,D1,\n2,D1,01/06/2023\n3,C2,\n").with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,01/06/2022,01/08/2022,RD1\n1,01/06/2023,,\n").clean();
    }
}
