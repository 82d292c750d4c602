//! # What it does
//! Flags an episode that ends with `X1` (another begins on the same day) when the child's next episode does not
//! begin on that day, or there is none. It also flags an episode that ends with another reason although the next one
//! begins on the day it ended.
//!
//! # Why it matters
//! A gap, or an end of care that never happened, breaks the child's history: stays are counted as shorter, and
//! entries to care as more, than they were.
//!
//! # How to put it right
//! Add the missing episode or correct the dates. If care really ended, enter the reason for that.
//!
//! # Example
//! `DEC` = 04/06/2025 with `REC` = `X1`; the next episode has `DECOM` = 05/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "388",
    title: "An episode and the one that should follow it do not join up.",
    versions: &[Version { from: 2023, fields: &["REC"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (_, episode, next) in child.episodes().neighbours() {
        if episode.decom.value().is_none() {
            continue;
        }
        let goes_on = next.is_some_and(|next| same(episode.dec.value(), next.decom.value()));
        out.flag_if(episode.rec.is("X1") != goes_on, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_gap_an_end_without_more_or_a_wrong_reason() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,REC\n1,05/06/2025,08/06/2025,X1\n1,01/06/2025,04/06/2025,X1\n2,01/06/2025,04/06/2025,E4A\n2,04/06/2025,,\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn they_join_up_or_care_ended() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,REC\n1,01/06/2025,04/06/2025,X1\n1,04/06/2025,08/06/2025,E8\n1,09/06/2025,,\n2,,04/06/2025,X1\n",
            )
            .clean();
    }
}
