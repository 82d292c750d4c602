//! # What it does
//! Flags a deprivation of liberty order without an end when a stay in care ended on or after the order's start, and
//! an order whose end falls in none of the child's episodes. Episodes that follow each other on the same day are
//! one stay.
//!
//! # Why it matters
//! When a child leaves care, the order is over for this return. Without an end it seems to run for ever.
//!
//! # How to put it right
//! Enter the end of the order: the day on which care ended at the latest.
//!
//! # Example
//! The order started on 01/05/2026 and has no end; the last episode ended on 12/11/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "707",
    title: "An order that deprives the child of liberty goes on after the child left care.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_END"],
        tables: &[Dolo, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    if episodes.is_empty() {
        return;
    }
    for order in child.dolo() {
        let Some(start) = order.dolo_start.value() else { continue };
        let outlasts = match order.dolo_end.value() {
            None => stays_end(episodes).any(|end| start <= end),
            Some(end) => {
                !episodes.iter().any(|e| on_or_before(e.decom.value(), end) && !before(e.dec.value(), end))
            }
        };
        out.flag_if(outlasts, &order);
    }
}

/// The days on which stays ended: ends of episodes that no other episode follows at once.
fn stays_end<'a>(episodes: Rows<'a, EpisodeRow>) -> impl Iterator<Item = Date> + 'a {
    episodes.neighbours().filter_map(|(_, episode, next)| {
        let end = episode.dec.value()?;
        let goes_on = next.is_some_and(|next| on_or_before(next.decom.value(), end));
        (!goes_on).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const STAYS: &str = "CHILD,DECOM,DEC\n1,01/01/2026,01/06/2026\n1,01/06/2026,12/11/2026\n2,01/01/2026,12/11/2026\n2,01/12/2026,\n";

    #[test]
    fn no_end_or_an_end_outside_care() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,\n1,01/05/2026,13/11/2026\n2,01/05/2026,\n2,01/05/2026,20/11/2026\n")
            .with(Episodes, STAYS)
            .flags(&[(Dolo, &[0, 1, 2, 3])]);
    }

    #[test]
    fn over_by_then_or_still_in_care() {
        case(&RULE, 2027)
            .with(
                Dolo,
                "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,12/11/2026\n2,02/12/2026,\n2,,\n3,01/05/2026,\n",
            )
            .with(Episodes, STAYS)
            .clean();
    }
}
