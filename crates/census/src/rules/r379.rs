//! # What it does
//! Flags a temporary placement for any other reason (`PLACE` = `T4`) that lasted more than seven days.
//!
//! # Why it matters
//! `T4` is for stays of up to a week. A longer one is a change of placement and has to count as such.
//!
//! # How to put it right
//! Record the stay under the type of placement it really was, or correct the dates.
//!
//! # Example
//! `PLACE` = `T4` from 01/02/2026 to 09/02/2026: eight days.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "379",
    title: "A temporary stay for another reason lasted more than seven days.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is("T4")) {
        let longest = episode.decom.value().map(|day| day.plus_days(7));
        out.flag_if(after(episode.dec.value(), longest), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_eighth_day() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/02/2026,09/02/2026,T4\n2,01/02/2026,08/02/2026,T4\n3,01/02/2026,09/02/2026,T3\n",
            )
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC,PLACE\n1,01/02/2026,,T4\n2,,09/02/2026,T4\n")
            .clean();
    }
}
