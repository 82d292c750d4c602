//! # What it does
//! Flags an episode that started before 14 October 1991.
//!
//! # Why it matters
//! On that day the Children Act 1989 came into force. Nobody who is in the return today has an episode from before
//! it.
//!
//! # How to put it right
//! Correct the start of the episode.
//!
//! # Example
//! `DECOM` = 13/10/1991: most likely 13/10/2019.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "353",
    title: "An episode started before 14 October 1991.",
    versions: &[Version { from: 2023, fields: &["DECOM"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let act = date(1991, 10, 14);
    out.flag_all(child.episodes().iter().filter(|episode| before(episode.decom.value(), act)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_act() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,13/10/1991\n2,14/10/1991\n3,01/01/1970\n")
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn later_or_no_date() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/06/2025\n2,\n").clean();
    }
}
