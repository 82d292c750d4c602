//! # What it does
//! Flags an episode whose end (`DEC`) is the day on which it started (`DECOM`).
//!
//! # Why it matters
//! A child is looked after from 24 hours on, so such an episode is not counted.
//!
//! # How to put it right
//! Correct one of the days, or take the episode out and let its neighbours meet.
//!
//! # Example
//! `DECOM` and `DEC` are both 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "355",
    title: "An episode starts and ends on the same day.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.episodes().iter().filter(|e| same(e.decom.value(), e.dec.value())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_day() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/06/2025,01/06/2025\n2,01/06/2025,02/06/2025\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn open_or_without_dates() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/06/2025,\n2,,\n3,02/06/2025,01/06/2025\n")
            .clean();
    }
}
