//! # What it does
//! Flags an episode with which the child started to be looked after (`RNE` = `S`) although the episode before it
//! ended on the same day.
//!
//! # Why it matters
//! Care that goes on without a day's break has not started again. The child would be counted as coming into care
//! twice.
//!
//! # How to put it right
//! Give the reason for the new episode that says what changed, and end the one before with `X1`; or correct the
//! dates.
//!
//! # Example
//! An episode has `DEC` = 04/06/2025, and the next `DECOM` = 04/06/2025 with `RNE` = `S`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "431",
    title: "Care starts on the day on which the episode before it ended.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE", "DECOM"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (previous, episode) in child.episodes().pairs() {
        let on_the_day = same(episode.decom.value(), previous.dec.value());
        out.flag_if(episode.starts_care() && on_the_day, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_between() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,RNE\n1,04/06/2025,,S\n1,01/06/2025,04/06/2025,S\n2,01/06/2025,04/06/2025,S\n3,04/06/2025,,S\n",
            )
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_day_between_or_another_reason() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,RNE\n1,01/06/2025,04/06/2025,S\n1,05/06/2025,08/06/2025,S\n1,08/06/2025,,P\n2,01/06/2025,,S\n2,,,S\n",
            )
            .clean();
    }
}
