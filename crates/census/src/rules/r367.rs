//! # What it does
//! Adds up the days of a child's short breaks (`LS` = `V3`) within the collection year, and flags all of them when
//! there are more than 75. Of a break that began before the year, or goes on after it, only the days within the
//! year count. A break that ends before it starts is left out.
//!
//! # Why it matters
//! A child who is away for more than 75 days a year is looked after like any other, with a care plan and reviews.
//!
//! # How to put it right
//! Check the days. If they are right, the legal status is `V2` from the break with which the 75 days were passed.
//!
//! # Example
//! Three breaks of 26 days each.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "367",
    title: "Short breaks add up to more than 75 days in the year.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "LS", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let within = |episode: &Row<'_, EpisodeRow>| {
        let end = episode.dec.value().unwrap_or(ctx.end).min(ctx.end);
        let start = episode.decom.value().filter(|_| episode.ls.is("V3"))?.max(ctx.start);
        Some(start.days_until(end)).filter(|days| *days >= 0)
    };
    let days: i32 = child.episodes().iter().filter_map(|episode| within(&episode)).sum();
    if days > 75 {
        out.flag_all(child.episodes().iter().filter(|episode| within(episode).is_some()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn seventy_six_days() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/03/2025,11/04/2025,V3\n1,01/06/2025,06/08/2025,V3\n1,06/08/2025,01/09/2025,C2\n2,01/01/2026,,V3\n",
            )
            .flags(&[(Episodes, &[0, 1, 3])]);
    }

    #[test]
    fn seventy_five_days_or_no_breaks() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/03/2025,11/04/2025,V3\n1,01/06/2025,05/08/2025,V3\n2,01/06/2025,,V4\n3,01/08/2025,01/06/2025,V3\n4,,,V3\n",
            )
            .clean();
    }
}
