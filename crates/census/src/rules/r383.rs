//! # What it does
//! Flags a temporary placement (`T0` to `T4`) whose next episode is not of the placement type that the child was in
//! before it. A stay that has no episode before it, or none after it yet, is passed over.
//!
//! From 2025-26 the postcode of the placement has to be the same again as well, and a stay that is cut in two by a
//! change of legal status (`RNE` = `L`) counts as one.
//!
//! # Why it matters
//! A temporary placement does not count as a move, because the child goes back. If the child went elsewhere, there
//! was a move that the figures leave out.
//!
//! # How to put it right
//! If the child did not go back, record the stay under the type of placement it really was. If the child did,
//! correct the placement type or postcode on either side of it.
//!
//! # Example
//! `PLACE` = `U6`, then `T3`, then `K2`.

use crate::check::plain_postcode;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "383",
    title: "A temporary placement is not followed by the placement the child came from.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2025),
            fields: &["PLACE"],
            tables: &[Episodes],
            ..Version::child(until_2025)
        },
        Version {
            from: 2026,
            fields: &["PLACE", "RNE", "PL_POST"],
            tables: &[Episodes],
            ..Version::child(from_2026)
        },
    ],
};

fn until_2025(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (before, episode, after) in child.episodes().neighbours() {
        if let (Some(before), Some(after)) = (before, after.filter(dated)) {
            let back = before.place.raw() == after.place.raw();
            out.flag_if(temporary(&episode) && !back, &episode);
        }
    }
}

fn from_2026(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    for (at, episode) in episodes.iter().enumerate().filter(|(_, episode)| temporary(episode)) {
        if let (Some(before), Some(after)) = (before(episodes, at), after_stay(episodes, at)) {
            let back = before.place.raw() == after.place.raw()
                && plain_postcode(before.pl_post.raw()) == plain_postcode(after.pl_post.raw());
            out.flag_if(!back, &episode);
        }
    }
}

/// The episode before the stay that the episode at this position is part of.
fn before<'a>(episodes: Rows<'a, EpisodeRow>, at: usize) -> Option<Row<'a, EpisodeRow>> {
    let mut at = at;
    loop {
        let goes_on = episodes.get(at)?.rne.is("L");
        at = at.checked_sub(1)?;
        let earlier = episodes.get(at)?;
        if !(goes_on && temporary(&earlier)) {
            return Some(earlier);
        }
    }
}

/// The episode after it.
fn after_stay<'a>(episodes: Rows<'a, EpisodeRow>, at: usize) -> Option<Row<'a, EpisodeRow>> {
    let later = episodes.iter().skip(at + 1).find(|later| !(later.rne.is("L") && temporary(later)));
    later.filter(dated)
}

fn temporary(episode: &Row<'_, EpisodeRow>) -> bool {
    episode.place.is_any(&["T0", "T1", "T2", "T3", "T4"])
}

/// Whether it is known when it started. Those of which it is not come last, whatever came before them.
fn dated(episode: &Row<'_, EpisodeRow>) -> bool {
    episode.decom.value().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_child_went_elsewhere() {
        let rows = "CHILD,DECOM,PLACE\n1,01/06/2025,U6\n1,10/06/2025,K2\n1,05/06/2025,T3\n2,01/06/2025,T1\n2,05/06/2025,U6\n";
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[2])]);
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[2])]);
    }

    #[test]
    fn another_home_of_the_same_kind_since_2026() {
        let rows = "CHILD,DECOM,PLACE,PL_POST\n1,01/06/2025,U6,TN24 9WZ\n1,05/06/2025,T3,\n1,10/06/2025,U6,ME1 1AA\n";
        case(&RULE, 2025).with(Episodes, rows).clean();
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[1])]);
    }

    #[test]
    fn a_stay_in_two_parts_counts_as_one_since_2026() {
        let rows = "CHILD,DECOM,PLACE,RNE\n1,01/06/2025,U6,S\n1,05/06/2025,T3,P\n1,07/06/2025,T3,L\n1,10/06/2025,U6,P\n";
        case(&RULE, 2025).with(Episodes, rows).flags(&[(Episodes, &[1, 2])]);
        case(&RULE, 2026).with(Episodes, rows).clean();
    }

    #[test]
    fn the_child_is_back_or_still_away() {
        let rows = "CHILD,DECOM,PLACE\n1,01/06/2025,U6\n1,05/06/2025,T3\n1,10/06/2025,U6\n1,12/06/2025,T0\n1,,K2\n2,01/06/2025,T1\n";
        case(&RULE, 2025).with(Episodes, rows).clean();
        case(&RULE, 2026).with(Episodes, rows).clean();
    }
}
