//! # What it does
//! Flags an episode whose category of need is written but is not `N1` to `N8`.
//!
//! # Why it matters
//! The category says why the child needed help when care began, and is published for the whole country.
//!
//! # How to put it right
//! Record the main reason why the child came into care with its code, from `N1` (abuse or neglect) to `N8` (absent
//! parenting).
//!
//! # Example
//! `CIN` = `N9`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "145",
    title: "The category of need is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["CIN"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let unknown = !CodeList::Cin.codes().contains(&episode.cin.raw());
        out.flag_if(unknown && !episode.cin.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Episodes, "CHILD,CIN\n1,N9\n2,1\n9,N1\n").flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Episodes, "CHILD,CIN\n1,N1\n2,N8\n9,\n").clean();
    }
}
