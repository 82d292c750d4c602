//! # What it does
//! Flags an episode whose end (`DEC`) is later than 31 March, the last day of the collection.
//!
//! # Why it matters
//! The return tells what happened by that day. An episode that went on has no end yet.
//!
//! # How to put it right
//! Empty `DEC` and `REC` if the episode was still open on 31 March; otherwise correct the date.
//!
//! # Example
//! `DEC` = 02/04/2026 in the 2025-26 return.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "385",
    title: "An episode ends after the end of the collection year.",
    versions: &[Version { from: 2023, fields: &["DEC"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(after(episode.dec.value(), ctx.end), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_after_the_end() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC\n1,01/04/2026\n2,31/03/2026\n3,01/05/2027\n")
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn no_end() {
        case(&RULE, 2026).with(Episodes, "CHILD,DEC\n1,\n2,31/02/2027\n").clean();
    }
}
