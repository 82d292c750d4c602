//! # What it does
//! Flags the episodes of a stretch with `LS` = `L1` (police protection) that lasted more than 3 days. Episodes that
//! follow each other without a gap are one stretch and are all flagged; an open one counts up to the last day of
//! the collection year.
//!
//! # Why it matters
//! The Children Act 1989 allows 72 hours. After that the child needs another legal footing, or has to go home.
//!
//! # How to put it right
//! Check when the protection ended, and what came after it: an order, or an agreement with the parents. Each change
//! of legal status starts a new episode.
//!
//! # Example
//! `LS` = `L1`, `DECOM` = 01/06/2025, `DEC` = 05/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "361",
    title: "Police protection lasted more than 72 hours.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "LS", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

/// Flags the episodes of every stretch with this legal status that lasted more than so many days. A stretch is one
/// episode, or several of which each starts on the day on which the one before ended. An open end is the end of the
/// year.
pub(super) fn longer_than(days: i32, status: &str, child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    let mut from = 0;
    while let Some(first) = episodes.get(from) {
        let mut last = first;
        let mut to = from + 1;
        while let Some(next) = episodes.get(to).filter(|next| {
            last.ls.is(status) && next.ls.is(status) && same(next.decom.value(), last.dec.value())
        }) {
            last = next;
            to += 1;
        }
        let end = last.dec.value().unwrap_or(ctx.end);
        let too_long = first.decom.value().is_some_and(|start| start.days_until(end) > days);
        if first.ls.is(status) && too_long {
            out.flag_all((from..to).filter_map(|position| episodes.get(position)));
        }
        from = to;
    }
}

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    longer_than(3, "L1", child, ctx, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_day_too_long_in_one_or_in_two() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,05/06/2025,L1\n2,03/06/2025,05/06/2025,L1\n2,01/06/2025,03/06/2025,L1\n3,01/06/2025,,L1\n",
            )
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn just_short_enough_or_another_status() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,04/06/2025,L1\n2,01/06/2025,,C2\n3,,30/08/2025,L1\n4,31/03/2026,,L1\n",
            )
            .clean();
    }

    #[test]
    fn a_gap_or_another_status_divides() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2025,03/06/2025,L1\n1,04/06/2025,06/06/2025,L1\n2,01/06/2025,03/06/2025,L1\n2,03/06/2025,09/06/2025,C2\n2,09/06/2025,11/06/2025,L1\n",
            )
            .clean();
    }
}
