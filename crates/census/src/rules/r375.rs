//! # What it does
//! Flags a temporary placement in hospital (`PLACE` = `T1`) that lasted more than 42 days.
//!
//! # Why it matters
//! After six weeks the hospital counts as the placement, and the home the child came from is no longer kept as the
//! normal one.
//!
//! # How to put it right
//! Record a stay that long as `R2` from its first day, or correct the dates.
//!
//! # Example
//! `PLACE` = `T1` from 01/06/2025 to 14/07/2025: 43 days.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "375",
    title: "A temporary stay in hospital lasted more than six weeks.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is("T1")) {
        let longest = episode.decom.value().map(|day| day.plus_days(42));
        out.flag_if(after(episode.dec.value(), longest), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_day_more_than_six_weeks() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/06/2025,14/07/2025,T1\n2,01/06/2025,13/07/2025,T1\n3,01/06/2025,14/07/2025,T2\n",
            )
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC,PLACE\n1,01/06/2025,,T1\n2,,14/07/2025,T1\n")
            .clean();
    }
}
