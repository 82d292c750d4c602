//! # What it does
//! Flags a child in Header for whom neither an episode nor a row of OC3 is in the return. Care leavers, who are
//! only in OC3, need no episode. When the table of episodes is missing altogether, every other child is flagged.
//!
//! # Why it matters
//! Nearly all other questions are about the child's episodes. Without them nothing more can be checked for this
//! child.
//!
//! # How to put it right
//! Add the episodes. If the child was not looked after in the year, take the child out of Header.
//!
//! # Example
//! Child `104` is in Header; no row of Episodes or OC3 has `CHILD` = `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "EPI",
    title: "The child has no episode in the return.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.episodes().is_empty() && child.oc3().is_empty() {
        out.flag_all(child.headers());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_child_without_an_episode() {
        case(&RULE, 2026)
            .with(Header, "CHILD\n1\n2\n3\n")
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n4,01/05/2025\n")
            .flags(&[(Header, &[1, 2])]);
    }

    #[test]
    fn a_care_leaver_needs_none() {
        case(&RULE, 2026)
            .with(Header, "CHILD\n1\n2\n")
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n")
            .with(Oc3, "CHILD\n2\n")
            .clean();
    }
}
