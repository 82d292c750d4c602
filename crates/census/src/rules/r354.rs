//! # What it does
//! Flags an episode that starts after the last day of the collection year.
//!
//! # Why it matters
//! It belongs to next year's return.
//!
//! # How to put it right
//! Correct the start of the episode, or leave the episode out until next year.
//!
//! # Example
//! `DECOM` = 01/04/2026 in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "354",
    title: "An episode starts after the end of the year.",
    versions: &[Version { from: 2023, fields: &["DECOM"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.episodes().iter().filter(|episode| after(episode.decom.value(), ctx.end)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_after_the_end() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/04/2026\n2,31/03/2026\n3,01/01/2027\n")
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn no_date() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,\n2,38/04/2027\n").clean();
    }
}
