//! # What it does
//! Looks at a decision that the child should be placed for adoption that still stood in last year's return, and
//! flags this year's row when it gives another date.
//!
//! # Why it matters
//! A decision that was not taken back is the same decision this year, and its date cannot move.
//!
//! # How to put it right
//! Enter the date as it was last year. If there was a new decision, the old one was taken back first: record when
//! and why.
//!
//! # Example
//! Last year `DATE_PLACED` = 26/05/2024, with no end; this year it is 26/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "560",
    title: "The date of the adoption decision changed, though the decision did not.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED", "DATE_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        last: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for last in child.last().placed_adoption() {
        if last.date_placed_ceased.value().is_some() {
            continue;
        }
        let Some(decided) = last.date_placed.value() else { continue };
        // A second decision is no matter as long as the standing one is still told as it was.
        let kept = child.placed_adoption().iter().any(|row| same(row.date_placed.value(), decided));
        if !kept {
            out.flag_all(child.placed_adoption().iter().filter(|row| row.date_placed.value().is_some()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn it_stood_and_its_date_moved() {
        case(&RULE, 2026)
            .last(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,26/05/2024,\n2,26/05/2024,\n")
            .with(
                PlacedAdoption,
                "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,27/05/2024,\n2,26/05/2025,01/06/2025\n",
            )
            .flags(&[(PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn it_is_the_same_was_taken_back_or_is_blank() {
        case(&RULE, 2026).last(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,26/05/2024,\n2,26/05/2024,01/06/2024\n3,26/05/2024,\n4,,\n").with(PlacedAdoption, "CHILD,DATE_PLACED\n1,26/05/2024\n1,01/02/2026\n2,26/05/2025\n3,\n4,26/05/2025\n").clean();
    }
}
