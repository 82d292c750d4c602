//! # What it does
//! Flags an episode whose reason (`RNE`) is filled in and is not `S` when the episode before it did not end on the
//! day on which this one starts. An episode before it that has no end counts as well.
//!
//! # Why it matters
//! There is a gap or an overlap in the child's history: days in care are lost, or counted twice.
//!
//! # How to put it right
//! Make the end of one and the start of the other the same day. If care had ended in between, the reason is `S`.
//!
//! # Example
//! An episode has `DEC` = 06/05/2025, and the next `DECOM` = 07/05/2025 with `RNE` = `B`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "433",
    title: "An episode that goes on from the one before does not start on the day that ended.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE", "DECOM"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs().filter(|(_, e)| e.decom.value().is_some()) {
        let goes_on = !episode.rne.is_blank() && !episode.starts_care();
        out.flag_if(goes_on && !same(episode.decom.value(), previous.dec.value()), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_gap_an_overlap_or_no_end() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,RNE\n1,01/05/2025,06/05/2025,S\n1,07/05/2025,09/05/2025,B\n1,08/05/2025,,P\n1,10/05/2025,,L\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_day_or_a_new_start() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,RNE\n1,06/05/2025,08/05/2025,P\n1,01/05/2025,06/05/2025,T\n1,12/05/2025,,S\n1,,,P\n",
            )
            .clean();
    }
}
