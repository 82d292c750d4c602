//! # What it does
//! Flags an episode whose legal status is written but is not a code of the collection.
//!
//! # Why it matters
//! The legal status says by what right the child is looked after. Many other rules hang on it.
//!
//! # How to put it right
//! Look at the order or agreement in force and record its code; for accommodation under section 20 it is `V2`.
//!
//! # Example
//! `LS` = `SECTION 20`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "144",
    title: "The legal status is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["LS"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let unknown = !CodeList::Ls.codes().contains(&episode.ls.raw());
        out.flag_if(unknown && !episode.ls.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS\n1,SECTION 20\n2,V1\n9,C1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS\n1,C1\n2,V2\n3,J3\n9,\n").clean();
    }
}
