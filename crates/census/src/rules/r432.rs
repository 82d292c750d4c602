//! # What it does
//! Flags an episode whose reason (`RNE`) is filled in and is not `S` (started to be looked after), although the
//! child ceased to be looked after with the episode before it: its `REC` is filled in and is not `X1`.
//!
//! # Why it matters
//! The two contradict each other. Either the end of care is counted by mistake, or the new start is not counted.
//!
//! # How to put it right
//! If care ended, the new episode has `RNE` = `S`. If it went on, the one before ends with `X1`.
//!
//! # Example
//! An episode ends with `REC` = `E4A`; the next has `RNE` = `P`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "432",
    title: "The episode before ended care, but this one does not start it.",
    versions: &[Version { from: 2023, fields: &["RNE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs().filter(|(_, e)| e.decom.value().is_some()) {
        let goes_on = !episode.rne.is_blank() && !episode.starts_care();
        out.flag_if(previous.ends_care() && goes_on, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn care_ended_and_goes_on() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,REC,RNE\n1,04/06/2025,,P\n1,01/06/2025,E4A,S\n2,01/06/2025,E8,S\n2,04/06/2025,,L\n",
            )
            .flags(&[(Episodes, &[0, 3])]);
    }

    #[test]
    fn a_new_start_or_no_end() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,REC,RNE\n1,01/06/2025,E4A,P\n1,04/06/2025,X1,S\n1,05/06/2025,,P\n1,06/06/2025,E8,L\n1,,,P\n",
            )
            .clean();
    }
}
