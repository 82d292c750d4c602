//! # What it does
//! Compares each ended deprivation of liberty order with the child's episodes and flags both rows where they
//! overlap and the placement is unexpected: anything but a children's home (`K2`), a residential care home (`R1`),
//! a health establishment (`R2`), a residential school (`S1`) or another placement of kind `Z12` or `Z13`.
//! Temporary moves (`T0` to `T4`) are left out, and so are the placements that rule 710 forbids.
//!
//! # Why it matters
//! Such an order is for places that can keep to it. In others, the placement or the order is often recorded
//! wrongly.
//!
//! # How to put it right
//! Check the kind of placement and the dates of the order. If both are right, note why.
//!
//! # Example
//! An order from 01/05/2026 to 01/07/2026, and an episode with `PLACE` = `U6` from 01/06/2026.

use super::r710::{is_forbidden, overlap};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "709",
    title: "A child under a deprivation of liberty order lived where that is not expected.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_START", "PLACE"],
        tables: &[Dolo, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let expected = |place: &EpisodeRow| {
        place.place.is_blank()
            || place.place.is_any(&["K2", "R1", "R2", "S1", "Z12", "Z13"])
            || place.place.is_any(&["T0", "T1", "T2", "T3", "T4"])
            || is_forbidden(place)
    };
    for order in child.dolo() {
        for episode in child.episodes().iter().filter(|e| !expected(e) && overlap(&order, e)) {
            out.flag(&order);
            out.flag(&episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn with_foster_carers() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,01/07/2026\n2,01/05/2026,01/07/2026\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/06/2026,,U6\n2,01/04/2026,02/05/2026,Z11\n2,02/05/2026,,K2\n",
            )
            .flags(&[(Dolo, &[0, 1]), (Episodes, &[0, 1])]);
    }

    #[test]
    fn in_a_home_or_at_another_time() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,01/07/2026\n2,01/05/2026,01/07/2026\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/04/2026,01/05/2026,U6\n1,01/05/2026,,K2\n1,01/07/2026,,U6\n2,01/05/2026,,T1\n2,01/05/2026,,K1\n",
            )
            .clean();
    }
}
