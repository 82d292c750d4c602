//! # What it does
//! Flags an adoption when the child's latest start of care (the last episode with `RNE` = `S`) is later than the
//! decision that the child should be placed for adoption (`DATE_INT`). Both rows are flagged.
//!
//! # Why it matters
//! The decision belongs to an earlier time in care, or a date is wrong.
//!
//! # How to put it right
//! Check the decision in the agency decision maker's record, and the day on which the child came into care.
//!
//! # Example
//! `DATE_INT` = 26/05/2025; the child started to be looked after on 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "334",
    title: "The decision for adoption was taken before the child came into care.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_INT", "DECOM", "RNE"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.ad1().is_empty() {
        return;
    }
    let mut starts = child.episodes().iter().rev().filter(|e| e.starts_care() && e.decom.value().is_some());
    let Some(start) = starts.next() else { return };
    for adoption in child.ad1().iter().filter(|row| after(start.decom.value(), row.date_int.value())) {
        out.flag(&start);
        out.flag(&adoption);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn decided_before_the_latest_start() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,S\n1,01/01/2024,S\n1,01/07/2025,L\n")
            .with(Ad1, "CHILD,DATE_INT\n1,31/05/2025\n")
            .flags(&[(Episodes, &[0]), (Ad1, &[0])]);
    }

    #[test]
    fn decided_on_the_day_or_no_start_in_the_return() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,S\n2,01/06/2025,L\n3,01/06/2025,S\n3,,S\n")
            .with(Ad1, "CHILD,DATE_INT\n1,01/06/2025\n2,01/01/2020\n3,\n")
            .clean();
    }
}
