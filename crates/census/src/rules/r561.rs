//! # What it does
//! Flags a decision that the child should be placed for adoption with the very date that it had in last year's
//! return, where it was recorded as taken back.
//!
//! # Why it matters
//! A decision that was taken back in one year does not stand again in the next. A new decision has a new date.
//!
//! # How to put it right
//! If there was a new decision, enter its date. If not, take the row out of this year's return, or tell the
//! department that last year's was wrong.
//!
//! # Example
//! Last year `DATE_PLACED` = 01/07/2024 and `DATE_PLACED_CEASED` = 01/02/2025; this year the same `DATE_PLACED`
//! again.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "561",
    title: "An adoption decision that was taken back last year is there again.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED"],
        tables: &[PlacedAdoption],
        last: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for last in child.last().placed_adoption() {
        if last.date_placed_ceased.is_blank() && last.reason_placed_ceased.is_blank() {
            continue;
        }
        out.flag_all(
            child
                .placed_adoption()
                .iter()
                .filter(|row| same(row.date_placed.value(), last.date_placed.value())),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn taken_back_and_there_again() {
        case(&RULE, 2026).last(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,01/07/2024,01/02/2025,RD1\n2,01/07/2024,,RD1\n").with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/07/2024\n2,01/07/2024\n").flags(&[(PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn it_stood_or_is_a_new_one() {
        case(&RULE, 2026).last(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,01/07/2024,\n2,01/07/2024,01/02/2025\n3,,01/02/2025\n").with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/07/2024\n2,02/07/2024\n3,\n").clean();
    }
}
