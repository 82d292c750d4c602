//! # What it does
//! Flags a row of OC3 of a young person whose latest episode of last year was still open, and who has no episode in
//! this year's return.
//!
//! # Why it matters
//! Nobody leaves care between one evening and the next morning without an episode that ends. The end of care is
//! missing, and so is the child from this year's count.
//!
//! # How to put it right
//! Add this year's episode with its end and reason. If care ended by 31 March, last year's return was wrong: tell
//! the Department's helpdesk.
//!
//! # Example
//! Last year's latest episode has no `DEC`; this year the young person is in OC3 only.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1010",
    title: "The young person was in care at the end of last year, but has no episode this year and is a care leaver.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.oc3().is_empty() || !child.episodes().is_empty() {
        return;
    }
    let latest = child.last().episodes().iter().rev().find(|e| e.decom.value().is_some());
    if latest.is_some_and(|e| e.is_open()) {
        out.flag_all(child.oc3());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn open_last_year_and_gone_this_year() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC\n1,01/02/2025,\n1,01/06/2024,01/02/2025\n")
            .with(Episodes, "CHILD,DECOM\n9,01/05/2025\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n")
            .flags(&[(Oc3, &[0])]);
    }

    #[test]
    fn went_on_or_had_ended() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC\n1,01/02/2025,\n2,01/06/2024,\n2,01/02/2025,01/03/2025\n")
            .with(Episodes, "CHILD,DECOM\n1,01/02/2025\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,YES\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD\n").with(Oc3, "CHILD\n").not_run("last year");
    }
}
