//! # What it does
//! Flags a time missing, or away without authorisation, without an end, when the stay in care in which it started
//! is over; and one whose end is on a day when the child was not looked after.
//!
//! # Why it matters
//! Only a child who is looked after can be missing from care. The time ends at the latest on the day on which care
//! ends.
//!
//! # How to put it right
//! Enter the day on which the child was found or ceased to be looked after, whichever came first.
//!
//! # Example
//! `MIS_START` = 01/05/2025 and no end; the child ceased to be looked after on 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "577",
    title: "The child left care, but is still recorded as missing or away.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_END"],
        tables: &[Episodes, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    if child.missing().is_empty() || episodes.is_empty() {
        return;
    }
    for time in child.missing() {
        let Some(start) = time.mis_start.value() else { continue };
        let outside = match time.mis_end.value() {
            Some(end) => {
                !episodes.iter().any(|e| on_or_before(e.decom.value(), end) && !before(e.dec.value(), end))
            }
            None => stay_is_over(episodes, start),
        };
        out.flag_if(outside, &time);
    }
}

/// Whether the stay in care that was going on on this day, or else the next one, is over.
fn stay_is_over(episodes: Rows<'_, EpisodeRow>, day: Date) -> bool {
    let mut over = None;
    for episode in episodes.iter().filter(|e| e.decom.value().is_some()) {
        if over.is_none() && before(episode.dec.value(), day) {
            continue;
        }
        if over.is_some_and(|over| after(episode.decom.value(), over)) {
            break;
        }
        let Some(dec) = episode.dec.value() else { return false };
        over = over.max(Some(dec));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn left_without_being_found() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC\n1,01/04/2025,01/06/2025\n2,01/04/2025,01/05/2025\n2,01/05/2025,01/06/2025\n2,01/09/2025,\n3,01/04/2025,01/06/2025\n").with(Missing, "CHILD,MIS_START,MIS_END\n1,20/05/2025,\n2,20/04/2025,\n3,20/05/2025,02/06/2025\n").flags(&[(Missing, &[0, 1, 2])]);
    }

    #[test]
    fn found_in_time_or_still_looked_after() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC\n1,01/04/2025,01/06/2025\n2,01/04/2025,01/05/2025\n2,01/05/2025,\n").with(Missing, "CHILD,MIS_START,MIS_END\n1,20/05/2025,01/06/2025\n2,20/04/2025,\n2,20/04/2025,10/05/2025\n2,,\n3,20/05/2025,\n").clean();
    }
}
