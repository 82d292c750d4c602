//! # What it does
//! Flags a row of PlacedAdoption in which the plan was given up (`DATE_PLACED_CEASED`) before the first day of the
//! collection year, or before the child's first episode in the return. Agreed short breaks (`V3`, `V4`) are left
//! out of account. That episode is flagged too.
//!
//! # Why it matters
//! A plan that was given up in an earlier year belongs in that year's return; here it is counted again.
//!
//! # How to put it right
//! Correct the date from the record of the decision. If it is right, take the row out.
//!
//! # Example
//! `DATE_PLACED_CEASED` = 08/03/2025 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "118",
    title: "The plan of adoption was given up before this year, or before the child came into care.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED_CEASED", "DECOM", "LS"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.placed_adoption().is_empty() {
        return;
    }
    let first = child.episodes().iter().find(|e| e.decom.value().is_some() && !e.is_short_term());
    let came = first.and_then(|e| e.decom.value());
    for row in child.placed_adoption() {
        let given_up = row.date_placed_ceased.value();
        if before(given_up, ctx.start) || before(given_up, came) {
            out.flag(&row);
            out.flag_all(first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn before_the_year_or_before_care() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,LS\n1,01/01/2024,E1\n2,01/05/2025,V3\n2,03/08/2025,C2\n2,20/07/2025,C1\n",
            )
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,31/03/2025\n2,22/06/2025\n3,01/01/2025\n")
            .flags(&[(PlacedAdoption, &[0, 1, 2]), (Episodes, &[0, 3])]);
    }

    #[test]
    fn in_time_or_not_given_up() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,LS\n1,01/01/2024,E1\n2,22/06/2025,C1\n3,01/01/2024,E1\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,01/04/2025\n2,22/06/2025\n3,\n")
            .clean();
    }
}
