//! # What it does
//! Looks at the first episode of a child who was in care before the collection year started, and flags it when last
//! year's return did not end with an episode of the same start.
//!
//! # Why it matters
//! An episode that runs over 31 March is in both returns, with the same start. Without its other half, time in care
//! is lost or counted twice.
//!
//! # How to put it right
//! Compare with last year's return. Correct the start of the episode, or add the episodes that are missing; if last
//! year's return was incomplete, tell the department.
//!
//! # Example
//! The first episode has `DECOM` = 13/03/2025; the last one of last year's return has `DECOM` = 11/03/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "562",
    title: "An episode from before this year is not the last of last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let Some(first) = child.episodes().first() else { return };
    // Rows come by their start, those without one last.
    let last = child.last().episodes().iter().rev().find_map(|e| e.decom.value());
    out.flag_if(before(first.decom.value(), ctx.start) && !same(first.decom.value(), last), &first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_start_differs_or_there_is_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM\n1,11/03/2025\n1,01/02/2025\n2,31/03/2025\n2,01/02/2025\n")
            .with(Episodes, "CHILD,DECOM\n1,08/06/2025\n1,13/03/2025\n2,01/02/2025\n3,31/03/2025\n")
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_start_or_one_of_this_year() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM\n1,11/03/2025\n1,01/02/2025\n1,\n")
            .with(Episodes, "CHILD,DECOM\n1,11/03/2025\n2,01/04/2025\n3,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
