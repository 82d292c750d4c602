//! # What it does
//! Flags an episode whose reason for starting is written but is not `S`, `L`, `P`, `T`, `B` or `U`.
//!
//! # Why it matters
//! The reason says whether the child came into care, moved or only changed legal status. Moves are counted by it.
//!
//! # How to put it right
//! Choose the code for what changed on the day the episode began: `S` came into care, `L` legal status, `P` home
//! and carers, `T` home with the same carers, `B` legal status, home and carers, `U` legal status and home with the
//! same carers.
//!
//! # Example
//! `RNE` = `M`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "143",
    title: "The reason for the new episode is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["RNE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let unknown = !CodeList::Rne.codes().contains(&episode.rne.raw());
        out.flag_if(unknown && !episode.rne.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Episodes, "CHILD,RNE\n1,M\n2,SS\n9,S\n").flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Episodes, "CHILD,RNE\n1,S\n2,L\n3,P\n4,T\n5,B\n6,U\n9,\n").clean();
    }
}
