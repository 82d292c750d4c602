//! # What it does
//! For a child of whom last year's return has no episode at all, flags each episode of this year that started
//! before the first day of the collection year.
//!
//! # Why it matters
//! A child who was looked after before 1 April must have been in the return that ended on 31 March: last year's
//! figures were short of this child, or this year's start is wrong.
//!
//! # How to put it right
//! Check the day on which the child started to be looked after. If it is right, last year's return lacked the
//! child: tell the Department's helpdesk.
//!
//! # Example
//! `DECOM` = 03/10/2024 in the return of 2025-26, and last year's return does not know the child.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "NoE",
    title: "The child was already looked after last year, but has no episode in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if !child.last().episodes().is_empty() {
        return;
    }
    for episode in child.episodes() {
        out.flag_if(before(episode.decom.value(), ctx.start), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn here_before_april_and_unknown_last_year() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM\n1,14/03/2025\n")
            .with(Episodes, "CHILD,DECOM\n2,31/03/2025\n2,01/03/2025\n2,01/05/2025\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn known_last_year_or_new_this_year() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM\n1,16/06/2023\n")
            .with(Episodes, "CHILD,DECOM\n1,14/03/2025\n2,01/04/2025\n3,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
