//! # What it does
//! Flags a temporary placement during the usual foster carers' holiday (`PLACE` = `T3`) that lasted more than 21
//! days.
//!
//! # Why it matters
//! Absences of up to three weeks leave the usual placement as it is. A longer one is a change of placement and has
//! to count as such.
//!
//! # How to put it right
//! Record the stay under the type of placement it really was, or correct the dates.
//!
//! # Example
//! `PLACE` = `T3` from 01/08/2025 to 23/08/2025: 22 days.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "376",
    title: "A stay while the foster carers are on holiday lasted more than three weeks.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is("T3")) {
        let longest = episode.decom.value().map(|day| day.plus_days(21));
        out.flag_if(after(episode.dec.value(), longest), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_day_more_than_three_weeks() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/08/2025,23/08/2025,T3\n2,01/08/2025,22/08/2025,T3\n3,01/08/2025,23/08/2025,T1\n",
            )
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC,PLACE\n1,01/08/2025,,T3\n2,,,T3\n").clean();
    }
}
