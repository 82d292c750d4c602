//! # What it does
//! Flags an episode of a short break (`LS` = `V3`) that lasted more than 17 days. An open one counts up to the last
//! day of the collection year.
//!
//! # Why it matters
//! A break of more than 17 days is no short break. The child is then looked after like any other, with a care plan
//! and reviews.
//!
//! # How to put it right
//! Check the days. If the child did stay longer, the legal status is `V2`.
//!
//! # Example
//! `LS` = `V3`, `DECOM` = 01/06/2025, `DEC` = 19/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "365",
    title: "A single short break lasted more than 17 days.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "LS", "DEC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("V3")) {
        let end = episode.dec.value().unwrap_or(ctx.end);
        out.flag_if(episode.decom.value().is_some_and(|start| start.days_until(end) > 17), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn eighteen_days() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/06/2025,19/06/2025,V3\n2,13/03/2026,,V3\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn seventeen_or_another_status() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/06/2025,18/06/2025,V3\n2,01/06/2025,,V4\n3,,01/06/2025,V3\n4,14/03/2026,,V3\n")
            .clean();
    }
}
