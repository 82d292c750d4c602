//! # What it does
//! Flags a decision that the child should be placed for adoption with another date than in last year's return,
//! where the decision was recorded as taken back.
//!
//! # Why it matters
//! It may be a new decision, and then nothing is wrong; but a plan that returns within a year is rare, and more
//! often the date was changed by mistake.
//!
//! # How to put it right
//! Check that the child has a new decision. If it is the old one, enter the date as it was; and if it was never
//! taken back, tell the department that last year's return was wrong.
//!
//! # Example
//! Last year `DATE_PLACED` = 01/07/2024 and `DATE_PLACED_CEASED` = 01/02/2025; this year `DATE_PLACED` =
//! 01/07/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "584",
    title: "There is a new adoption decision after one that was taken back last year.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED"],
        tables: &[PlacedAdoption],
        last: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let last = child.last().placed_adoption();
    let taken_back = last.iter().any(|d| {
        d.date_placed.value().is_some()
            && !(d.date_placed_ceased.is_blank() && d.reason_placed_ceased.is_blank())
    });
    for row in child.placed_adoption().iter().filter(|_| taken_back) {
        let known = last.iter().any(|d| same(d.date_placed.value(), row.date_placed.value()));
        out.flag_if(row.date_placed.value().is_some() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn taken_back_and_decided_anew() {
        case(&RULE, 2026)
            .last(
                PlacedAdoption,
                "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1,01/07/2024,01/02/2025,RD1\n",
            )
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/07/2025\n1,01/07/2024\n")
            .flags(&[(PlacedAdoption, &[0])]);
    }

    #[test]
    fn it_stood_is_the_same_or_is_blank() {
        case(&RULE, 2026).last(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,01/07/2024,\n2,01/07/2024,01/02/2025\n3,01/07/2024,01/02/2025\n").with(PlacedAdoption, "CHILD,DATE_PLACED\n1,01/07/2025\n2,01/07/2024\n3,\n4,01/07/2025\n").clean();
    }
}
