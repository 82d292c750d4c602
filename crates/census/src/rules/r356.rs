//! # What it does
//! Flags an episode whose end (`DEC`) is earlier than its start (`DECOM`).
//!
//! # Why it matters
//! One of the days is wrong, and the time in care with it.
//!
//! # How to put it right
//! Correct the day that is wrong; often day and month, or the year, were mixed up.
//!
//! # Example
//! `DECOM` = 14/06/2025 and `DEC` = 08/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "356",
    title: "An episode ends before it starts.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.episodes().iter().filter(|e| before(e.dec.value(), e.decom.value())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,02/06/2025,01/06/2025\n2,01/06/2025,01/06/2025\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn after_it_or_open() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/06/2025,02/06/2025\n2,01/06/2025,\n3,,01/06/2025\n")
            .clean();
    }
}
