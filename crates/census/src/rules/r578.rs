//! # What it does
//! Flags a time missing, or away without authorisation, that starts after care ended, on a day when the child was
//! not looked after.
//!
//! # Why it matters
//! Only a child who is looked after can be missing from care.
//!
//! # How to put it right
//! Correct the start, or the day on which care ended; or take the row out.
//!
//! # Example
//! `MIS_START` = 02/06/2025; the child ceased to be looked after on 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "578",
    title: "A time missing or away starts after the child left care.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_START"],
        tables: &[Episodes, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    for time in child.missing() {
        let start = time.mis_start.value();
        let left = episodes.iter().any(|e| before(e.dec.value(), start));
        let in_care =
            || episodes.iter().any(|e| on_or_before(e.decom.value(), start) && !before(e.dec.value(), start));
        out.flag_if(left && !in_care(), &time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn gone_the_day_after() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/04/2025,01/06/2025\n2,01/04/2025,01/06/2025\n2,01/09/2025,\n",
            )
            .with(Missing, "CHILD,MIS_START\n1,02/06/2025\n2,01/08/2025\n")
            .flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn on_the_day_or_in_another_stay() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/04/2025,01/06/2025\n2,01/04/2025,01/06/2025\n2,01/09/2025,\n",
            )
            .with(Missing, "CHILD,MIS_START\n1,01/06/2025\n1,\n1,01/03/2025\n2,01/12/2025\n3,01/12/2025\n")
            .clean();
    }
}
