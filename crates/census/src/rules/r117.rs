//! # What it does
//! Flags a row of PlacedAdoption in which the decision to place (`DATE_PLACED`) or the one to give up that plan
//! (`DATE_PLACED_CEASED`) is after the last day of the collection year, or after the end of the child's latest
//! episode. Episodes that simply go on into the next one (`REC` = `X1`) do not count as the latest. That episode is
//! flagged too.
//!
//! # Why it matters
//! Such decisions are taken for children who are looked after, and this return knows nothing of days to come.
//!
//! # How to put it right
//! Correct the dates of the decision, or the end of the last episode.
//!
//! # Example
//! `DATE_PLACED_CEASED` = 01/07/2026 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "117",
    title: "A decision about placing for adoption lies after the year, or after the child left care.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PLACED_CEASED", "DATE_PLACED", "DEC", "REC", "DECOM"],
        tables: &[Episodes, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.placed_adoption().is_empty() {
        return;
    }
    let latest = child.episodes().iter().rev().find(|e| e.decom.value().is_some() && !e.rec.is("X1"));
    let left = latest.and_then(|e| e.dec.value());
    for row in child.placed_adoption() {
        let days = [row.date_placed.value(), row.date_placed_ceased.value()];
        if days.into_iter().any(|day| after(day, ctx.end) || after(day, left)) {
            out.flag(&row);
            out.flag_all(latest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn after_the_year_or_after_care() {
        case(&RULE, 2026)
        .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/02/2025,01/05/2025,X1\n1,01/05/2025,01/09/2025,E12\n2,01/02/2025,,\n")
        .with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,02/09/2025,\n2,01/05/2025,01/04/2026\n3,01/04/2026,\n")
        .flags(&[(PlacedAdoption, &[0, 1, 2]), (Episodes, &[1, 2])]);
    }

    #[test]
    fn in_time() {
        case(&RULE, 2026)
        .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/02/2025,01/09/2025,E12\n2,01/02/2025,01/03/2025,E4A\n2,01/05/2025,,\n3,01/02/2025,01/03/2025,X1\n")
        .with(PlacedAdoption, "CHILD,DATE_PLACED,DATE_PLACED_CEASED\n1,01/09/2025,\n2,31/03/2026,31/03/2026\n3,01/05/2025,\n4,,\n")
        .clean();
    }
}
