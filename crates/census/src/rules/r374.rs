//! # What it does
//! Flags an ended episode in residential employment (`PLACE` = `P3`) that started before the child's fourteenth
//! birthday.
//!
//! # Why it matters
//! A child under 14 may not be employed like this. The placement type or a date is wrong.
//!
//! # How to put it right
//! Check the date of birth in Header and what the placement really was.
//!
//! # Example
//! `DOB` = 15/03/2014 and an episode with `PLACE` = `P3` from 01/06/2025 to 01/08/2025.

use super::r373::younger_than_when_ended;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "374",
    title: "A child in residential employment was under 14 when the episode started.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than_when_ended(14, "P3", child, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_fourteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/06/2011\n2,01/06/2011\n")
            .with(Episodes, "CHILD,DECOM,DEC,PLACE\n1,01/06/2025,02/08/2025,P3\n2,01/06/2025,02/08/2025,P3\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn another_placement_or_one_that_goes_on() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/06/2020\n")
            .with(Episodes, "CHILD,DECOM,DEC,PLACE\n1,01/06/2025,02/08/2025,U6\n1,02/08/2025,,P3\n")
            .clean();
    }
}
