//! # What it does
//! Flags a time missing, or away without authorisation, that starts before the child's first episode.
//!
//! # Why it matters
//! Only a child who is looked after can be missing from care. What happened before is a matter for the police, and
//! no part of the return.
//!
//! # How to put it right
//! Correct the start, or the day on which the child came into care; or take the row out.
//!
//! # Example
//! `MIS_START` = 31/05/2025; the child's first episode has `DECOM` = 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "581",
    title: "A time missing or away starts before the child came into care.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_START"],
        tables: &[Episodes, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let Some(first) = child.episodes().first() else { return };
    for time in child.missing() {
        out.flag_if(before(time.mis_start.value(), first.decom.value()), &time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn gone_the_day_before() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/09/2025\n1,01/06/2025\n")
            .with(Missing, "CHILD,MIS_START\n1,31/05/2025\n1,01/07/2025\n")
            .flags(&[(Missing, &[0])]);
    }

    #[test]
    fn on_the_day_or_no_episode() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/06/2025\n2,\n")
            .with(Missing, "CHILD,MIS_START\n1,01/06/2025\n1,\n2,01/01/2025\n3,01/01/2025\n")
            .clean();
    }
}
