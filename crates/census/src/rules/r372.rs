//! # What it does
//! Flags an episode in youth custody or prison (`PLACE` = `R5`) that started before the child was 10.
//!
//! # Why it matters
//! A child under 10 cannot be charged with an offence, so cannot be in custody.
//!
//! # How to put it right
//! Correct the placement type or the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2018, `DECOM` = 01/05/2025, `PLACE` = `R5`.

use super::r370::younger_than;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "372",
    title: "A child under 10 is said to be in custody.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(10, "R5", child, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2015\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,31/05/2025,R5\n1,01/06/2025,R5\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn another_placement_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2020\n2,\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,01/06/2023,U6\n1,,R5\n2,01/06/2023,R5\n3,01/06/2023,R5\n")
            .clean();
    }
}
