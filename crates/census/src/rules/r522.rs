//! # What it does
//! Flags a decision that a child should be placed for adoption (`DATE_PLACED`) that is later than the decision that
//! the child should no longer be (`DATE_PLACED_CEASED`).
//!
//! # Why it matters
//! A decision cannot be taken back before it is taken. Times that run backwards spoil the measures of delay.
//!
//! # How to put it right
//! Correct whichever of the two dates is wrong from the agency decision maker's record.
//!
//! # Example
//! `DATE_PLACED` = 01/02/2026 with `DATE_PLACED_CEASED` = 26/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "522",
    title: "The adoption decision was taken back before it was taken.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        out.flag_if(after(row.date_placed.value(), row.date_placed_ceased.value()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn taken_back_the_day_before() {
        case(&RULE, 2026)
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,02/05/2025,01/05/2025\n2,02/05/2025,02/05/2025\n",
            )
            .flags(&[(PlacedAdoption, &[0])]);
    }

    #[test]
    fn in_order_or_blank() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,02/05/2025,03/05/2025\n2,,01/05/2025\n3,02/05/2025,\n").clean();
    }
}
