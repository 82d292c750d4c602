//! # What it does
//! Compares each ended deprivation of liberty order with the child's episodes and flags both rows where they
//! overlap and the placement is a secure children's home (`K1`), supported accommodation (`K3`), with parents
//! (`P1`) or a young offender institution (`R5`).
//!
//! # Why it matters
//! In a secure home or in custody the child is deprived of liberty in another way; with parents or in supported
//! accommodation such an order cannot be kept. One of the two rows is wrong.
//!
//! # How to put it right
//! Correct the kind of placement, or the dates of the order: it ends when the child moves to such a place.
//!
//! # Example
//! An order from 01/05/2026 to 01/07/2026, and an episode with `PLACE` = `K1` from 01/06/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "710",
    title: "A child under a deprivation of liberty order lived where that cannot be.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_START", "PLACE"],
        tables: &[Dolo, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for order in child.dolo() {
        for episode in child.episodes().iter().filter(|e| is_forbidden(e) && overlap(&order, e)) {
            out.flag(&order);
            out.flag(&episode);
        }
    }
}

/// Whether the child cannot be there and under such an order.
pub(super) fn is_forbidden(episode: &EpisodeRow) -> bool {
    episode.place.is_any(&["K1", "K3", "P1", "R5"])
}

/// Whether an order that has ended ran during an episode; the day of a move is of neither.
pub(super) fn overlap(order: &DoloRow, episode: &EpisodeRow) -> bool {
    let starts_in_time =
        order.dolo_start.value().is_some_and(|start| episode.dec.value().is_none_or(|end| start < end));
    starts_in_time && after(order.dolo_end.value(), episode.decom.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_secure_home_or_with_parents() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,01/07/2026\n2,01/05/2026,01/07/2026\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/06/2026,,K1\n2,01/04/2026,02/05/2026,P1\n2,02/05/2026,,K2\n",
            )
            .flags(&[(Dolo, &[0, 1]), (Episodes, &[0, 1])]);
    }

    #[test]
    fn elsewhere_or_at_another_time() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,01/07/2026\n2,01/05/2026,01/07/2026\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/04/2026,01/05/2026,K3\n1,01/05/2026,,U6\n1,01/07/2026,,R5\n",
            )
            .clean();
    }
}
