//! # What it does
//! Flags an episode with which a child is still in care, unless it is an agreed short break (`LS` = `V3` or `V4`),
//! when the child has no row in SWEpisodes. Still in care means that the episode has no end, or has an end without
//! a reason in the collection year or the year before it. If it has a reason (`REC`) but no end, only social
//! workers who began in it are counted. Children who have left are not asked about.
//!
//! # Why it matters
//! For each child in care on 31 March the return says who the social worker is and who it was in the year before.
//!
//! # How to put it right
//! Add the child's social workers of the year, also of the time before the child came into care.
//!
//! # Example
//! The episode is open, and SWEpisodes has no row of the child.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW12STG2",
    title: "No social worker is recorded for a child who is in care on 31 March.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["SW_DECOM", "DEC"],
            tables: &[SwEpisodes, Episodes],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            fields: &["SW_DECOM", "DEC"],
            tables: &[SwEpisodes, Episodes],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    for episode in child.episodes().iter().filter(|e| !e.is_short_term()) {
        let still = episode.is_open()
            || episode.rec.is_blank() && on_or_after(episode.dec.value(), ctx.start.plus_years(-1));
        // An end without a day says that one of the two is wrong: who came before may be of another stay.
        let half_ended = episode.is_open() && !episode.rec.is_blank();
        let counts =
            |row: Row<'_, SwEpisodeRow>| !half_ended || !before(row.sw_decom.value(), episode.decom.value());
        out.flag_if(still && !rows.iter().any(counts), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const NONE: &str = "CHILD,SW_DECOM\n7,01/06/2025\n";

    #[test]
    fn nobody_is_recorded() {
        case(&RULE, 2026)
            .with(SwEpisodes, NONE)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,REC,LS\n1,01/06/2025,,,C2\n2,01/06/2023,01/04/2024,,C2\n7,02/06/2025,,X1,C2\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn somebody_is_or_the_child_has_left() {
        case(&RULE, 2026)
            .with(SwEpisodes, NONE)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,REC,LS\n7,02/06/2025,,,C2\n2,01/06/2025,02/09/2025,E4A,C2\n3,01/06/2025,,,V4\n\
                 4,01/06/2023,31/03/2024,,C2\n",
            )
            .clean();
    }
}
