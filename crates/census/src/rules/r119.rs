//! # What it does
//! Flags a row of PlacedAdoption that has the date on which the plan was given up without the reason, or the reason
//! without the date.
//!
//! # Why it matters
//! One without the other leaves open whether the plan was given up at all.
//!
//! # How to put it right
//! Enter what is missing from the record of the decision. If the plan is still adoption, clear both.
//!
//! # Example
//! `DATE_PLACED_CEASED` = 08/05/2025 and `REASON_PLACED_CEASED` is blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "119",
    title: "The plan of adoption was given up, but the date or the reason is missing.",
    versions: &[Version {
        from: 2023,
        fields: &["REASON_PLACED_CEASED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        out.flag_if(row.date_placed_ceased.is_blank() != row.reason_placed_ceased.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_without_the_other() {
        case(&RULE, 2026)
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,08/05/2025,\n2,,RD1\n3,08/05/2025,RD1\n",
            )
            .flags(&[(PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn both_or_neither() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,08/05/2025,RD4\n2,,\n")
            .clean();
    }
}
