//! # What it does
//! Flags a row that says when, or why, a decision that the child should be placed for adoption was taken back, but
//! not when it was taken.
//!
//! # Why it matters
//! What was never decided cannot be taken back. Without the date nobody can measure how long the child waited.
//!
//! # How to put it right
//! Enter the date of the decision from the agency decision maker's record, or clear the end and the reason.
//!
//! # Example
//! `DATE_PLACED_CEASED` = 26/05/2025 and `REASON_PLACED_CEASED` = `RD1`, with nothing in `DATE_PLACED`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "563",
    title: "The adoption decision was taken back, but has no date itself.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "REASON_PLACED_CEASED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        out.flag_if(
            row.date_placed.value().is_none()
                && !(row.date_placed_ceased.is_blank() && row.reason_placed_ceased.is_blank()),
            &row,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_end_without_a_start() {
        case(&RULE, 2026).with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,,26/05/2025,RD1\n2,,26/05/2025,\n3,,,RD1\n4,01/05/2025,26/05/2025,RD1\n").flags(&[(PlacedAdoption, &[0, 1, 2])]);
    }

    #[test]
    fn it_stands_or_nothing_is_recorded() {
        case(&RULE, 2026)
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,01/05/2025,,\n2,,,\n",
            )
            .clean();
    }
}
