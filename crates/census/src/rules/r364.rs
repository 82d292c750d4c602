//! # What it does
//! Flags the episodes of a stretch with `LS` = `J2` (in accommodation under the Police and Criminal Evidence Act
//! 1984) that lasted more than 21 days. Episodes that follow each other without a gap are one stretch and are all
//! flagged; an open one counts up to the last day of the collection year.
//!
//! # Why it matters
//! The police may hold a child for days at most before bringing the child to court. Weeks mean that a remand was
//! not recorded.
//!
//! # How to put it right
//! Check when the court first heard the case: from then on the legal status is another, most often `J1`.
//!
//! # Example
//! `LS` = `J2`, `DECOM` = 01/06/2025, `DEC` = 23/06/2025.

use super::r361::longer_than;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "364",
    title: "Detention by the police lasted more than 21 days.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "LS", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    longer_than(21, "J2", child, ctx, out);
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
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,23/06/2025,J2\n2,03/06/2025,23/06/2025,J2\n2,01/06/2025,03/06/2025,J2\n3,01/06/2025,,J2\n",
            )
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn just_short_enough_or_another_status() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,22/06/2025,J2\n2,01/06/2025,,C2\n3,,30/08/2025,J2\n4,31/03/2026,,J2\n",
            )
            .clean();
    }
}
