//! # What it does
//! Flags an episode whose reason for ending is written but is not a code of the collection.
//!
//! # Why it matters
//! The reason says whether the child moved within care or left it, and how. Children leaving care are counted by
//! it.
//!
//! # How to put it right
//! Record the reason with its code. `X1` is for an episode that is followed by another on the same day; `E4` alone
//! is no code, it is `E4A` or `E4B`.
//!
//! # Example
//! `REC` = `E4`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "149",
    title: "The reason why the episode ended is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["REC"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let unknown = !CodeList::Rec.codes().contains(&episode.rec.raw());
        out.flag_if(unknown && !episode.rec.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Episodes, "CHILD,REC\n1,E4\n2,X\n9,X1\n").flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Episodes, "CHILD,REC\n1,X1\n2,E4A\n3,E17\n9,\n").clean();
    }
}
