//! # What it does
//! Flags a row of OC3 with any answer when the latest episode of this year ended because another authority took
//! over the care (`REC` = `E3`).
//!
//! # Why it matters
//! The other authority is now responsible and reports the young person; both would count the same one.
//!
//! # How to put it right
//! Take the row out of OC3. If the care did not pass on, correct the reason for which the episode ended.
//!
//! # Example
//! The latest episode has `REC` = `E3`; OC3 has `IN_TOUCH` = `YES`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1011",
    title: "Care leaver answers are given for a young person whose care passed to another authority.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.oc3().is_empty() {
        return;
    }
    let latest = child.episodes().iter().rev().find(|e| e.decom.value().is_some());
    if latest.is_some_and(|e| e.rec.is("E3")) {
        out.flag_all(child.oc3().iter().filter(|row| answered(row)));
    }
}

/// Whether any of the three questions is answered.
fn answered(row: &Oc3Row) -> bool {
    !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn passed_on_at_the_end() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,REC\n1,01/08/2025,E3\n1,01/05/2025,X1\n")
            .with(Oc3, "CHILD,ACTIV\n1,F1\n")
            .flags(&[(Oc3, &[0])]);
    }

    #[test]
    fn passed_on_earlier_or_not_at_all_or_no_answer() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,REC\n1,01/05/2025,E3\n1,01/08/2025,E8\n2,01/05/2025,E3\n")
            .with(Oc3, "CHILD,ACTIV\n1,F1\n2,\n3,F1\n")
            .clean();
    }
}
