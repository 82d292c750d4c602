//! # What it does
//! Flags the episodes of a stretch with `LS` = `L3` (child assessment order) that lasted more than 7 days. Episodes
//! that follow each other without a gap are one stretch and are all flagged; an open one counts up to the last day
//! of the collection year.
//!
//! # Why it matters
//! The Children Act 1989 allows seven days from the day that the order names.
//!
//! # How to put it right
//! Check when the order ended, and what came after it. Each change of legal status starts a new episode.
//!
//! # Example
//! `LS` = `L3`, `DECOM` = 01/06/2025, `DEC` = 10/06/2025.

use super::r361::longer_than;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "363",
    title: "A child assessment order lasted more than 7 days.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "LS", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    longer_than(7, "L3", child, ctx, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_day_too_long_in_one_or_in_two() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,09/06/2025,L3\n2,03/06/2025,09/06/2025,L3\n2,01/06/2025,03/06/2025,L3\n3,01/06/2025,,L3\n",
            )
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn just_short_enough_or_another_status() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,08/06/2025,L3\n2,01/06/2025,,C2\n3,,30/08/2025,L3\n4,31/03/2026,,L3\n",
            )
            .clean();
    }
}
