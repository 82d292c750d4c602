//! # What it does
//! Flags an episode in semi-independent or supported accommodation that started before the child was old enough. In
//! 2022-23 that is `H5` before 14, in 2023-24 `H5` before 16, and from 2024-25 `K3` before 16.
//!
//! # Why it matters
//! Since September 2021 nobody under 16 may be placed where there is support but no care.
//!
//! # How to put it right
//! Correct the placement type or the date of birth. If the child does live there, this is a matter for the social
//! worker, not only for the return.
//!
//! # Example
//! `DOB` = 01/06/2010, `DECOM` = 31/05/2026, `PLACE` = `K3`.

use super::r370::younger_than;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "371",
    title: "A child too young for it is said to live in supported accommodation.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2023),
            fields: &["DECOM", "PLACE"],
            tables: &[Episodes, Header],
            ..Version::child(in_2023)
        },
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["DECOM", "PLACE"],
            tables: &[Episodes, Header],
            ..Version::child(in_2024)
        },
        Version {
            from: 2025,
            fields: &["DECOM", "PLACE"],
            tables: &[Episodes, Header],
            ..Version::child(since_2025)
        },
    ],
};

fn in_2023(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(14, "H5", child, out);
}

fn in_2024(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(16, "H5", child, out);
}

fn since_2025(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(16, "K3", child, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_birthday() {
        let headers = "CHILD,DOB\n1,01/06/2007\n";
        let rows = "CHILD,DECOM,PLACE\n1,31/05/2021,H5\n1,01/06/2021,H5\n1,31/05/2023,K3\n1,01/06/2023,K3\n";
        case(&RULE, 2023).with(Header, headers).with(Episodes, rows).flags(&[(Episodes, &[0])]);
        case(&RULE, 2024).with(Header, headers).with(Episodes, rows).flags(&[(Episodes, &[0, 1])]);
        case(&RULE, 2025).with(Header, headers).with(Episodes, rows).flags(&[(Episodes, &[2])]);
    }

    #[test]
    fn another_placement_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2020\n2,\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,01/06/2023,U6\n1,,K3\n2,01/06/2023,K3\n3,01/06/2023,K3\n")
            .clean();
    }
}
