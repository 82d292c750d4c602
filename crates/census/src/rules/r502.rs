//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when it started on
//! another day.
//!
//! # Why it matters
//! The open episode goes on, so it has to come first in this year's return, with the same start. If it does not,
//! part of the child's history is lost.
//!
//! # How to put it right
//! Add the episode that is missing, or correct the start in this year's return. If last year's return was wrong,
//! tell the department.
//!
//! # Example
//! Last year's open episode has `DECOM` = 01/02/2025; this year's first has 10/02/2025.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "502",
    title: "The first episode does not start when last year's open episode did.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        let differs = first.decom.value().is_some() && first.decom.value() != last.decom.value();
        out.flag_if(differs, &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_day() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC\n1,01/01/2025,01/02/2025\n1,01/02/2025,\n2,01/02/2025,\n")
            .with(Episodes, "CHILD,DECOM\n1,01/06/2025\n1,10/02/2025\n2,31/01/2025\n")
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn the_same_day_or_no_open_episode() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC\n1,01/02/2025,\n2,01/02/2025,03/02/2025\n4,01/02/2025,\n")
            .with(Episodes, "CHILD,DECOM\n1,01/06/2025\n1,01/02/2025\n2,01/06/2025\n3,01/06/2025\n4,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
