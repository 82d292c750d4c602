//! # What it does
//! Flags an episode that ended because the child died (`REC` = `E2`) or is 18 or over (`E15`, `E17`), if the child
//! has a later episode.
//!
//! # Why it matters
//! After either nobody is looked after again. The reason, or the later episode, is wrong.
//!
//! # How to put it right
//! Correct the reason, or take out the later episodes. Make sure that they are not another child's.
//!
//! # Example
//! `REC` = `E15` in June, and an episode with `DECOM` in September.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "437",
    title: "There are episodes after the child died or was found to be 18 or over.",
    versions: &[Version { from: 2023, fields: &["REC"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (episode, later) in child.episodes().pairs() {
        let over = episode.rec.is_any(&["E2", "E15", "E17"]);
        out.flag_if(over && later.decom.value().is_some(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn care_goes_on() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,REC\n1,01/06/2025,\n1,01/05/2025,E2\n2,01/05/2025,E15\n2,01/06/2025,E17\n2,01/07/2025,X1\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn it_was_the_last() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,REC\n1,01/06/2025,E2\n1,01/05/2025,X1\n1,,\n2,01/05/2025,E4A\n2,01/06/2025,E15\n3,01/07/2025,\n",
            )
            .clean();
    }
}
