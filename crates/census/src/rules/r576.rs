//! # What it does
//! Looks at a child who was still missing, or away without authorisation, at the end of last year's return, and
//! flags the child's times of this year when none has the same start; if this year has none at all, it flags last
//! year's row.
//!
//! # Why it matters
//! A child who was missing on 31 March is missing on 1 April. The time goes on in this year's return until the
//! child is found.
//!
//! # How to put it right
//! Take the row over from last year's return with its start, and enter the end once there is one.
//!
//! # Example
//! Last year a row with `MIS_START` = 07/02/2025 has no end; this year the first row has `MIS_START` = 08/02/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "576",
    title: "A child was missing at the end of last year, and this year does not go on from there.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD"],
        tables: &[Missing],
        last: &[Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for last in child.last().missing().iter().filter(|last| last.mis_end.value().is_none()) {
        if child.missing().is_empty() {
            out.flag(&last);
        } else if !child.missing().iter().any(|row| same(row.mis_start.value(), last.mis_start.value())) {
            out.flag_all(child.missing());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn it_does_not_go_on() {
        case(&RULE, 2026)
            .last(Missing, "CHILD,MIS_START,MIS_END\n1,07/02/2025,\n2,07/02/2025,\n")
            .with(Missing, "CHILD,MIS_START\n1,08/02/2025\n2,\n")
            .flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn it_goes_on_or_the_child_was_back() {
        case(&RULE, 2026)
            .last(Missing, "CHILD,MIS_START,MIS_END\n1,07/02/2025,\n2,07/02/2025,09/02/2025\n")
            .with(Missing, "CHILD,MIS_START\n1,07/02/2025\n1,08/06/2025\n2,08/06/2025\n3,08/06/2025\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_START\n1,08/02/2025\n").not_run("last year");
    }
}
