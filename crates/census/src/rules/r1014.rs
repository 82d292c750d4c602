//! # What it does
//! Looks at children who have a row in UASC and an answer in OC3, and no episode that touches the collection year.
//! Flags the row in UASC and the answered row in OC3.
//!
//! # Why it matters
//! The status is asked of children who were looked after in the year. For those who had left before, it is not
//! counted again.
//!
//! # How to put it right
//! Take the row out of UASC. If the young person was looked after in the year, add the episode.
//!
//! # Example
//! The only episode ended on 11/01/2025; the return of 2025-26 has the young person in OC3 and in UASC.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1014",
    title: "Asylum-seeking status is given for a care leaver.",
    versions: &[Version {
        from: 2023,
        fields: &["ACTIV", "ACCOM", "IN_TOUCH", "DUC"],
        tables: &[Episodes, Uasc, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.uasc().is_empty() || child.oc3().is_empty() {
        return;
    }
    if child.episodes().iter().any(|e| e.touches(ctx.start, ctx.end)) {
        return;
    }
    let mut any = false;
    for row in child.oc3().iter().filter(|row| answered(row)) {
        out.flag(&row);
        any = true;
    }
    if any {
        out.flag_all(child.uasc());
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
    fn not_in_care_this_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/02/2024,31/03/2025\n1,01/04/2026,\n")
            .with(Uasc, "CHILD,DUC\n1,\n2,01/02/2024\n")
            .with(Oc3, "CHILD,IN_TOUCH,ACCOM\n1,YES,\n2,,B1\n")
            .flags(&[(Uasc, &[0, 1]), (Oc3, &[0, 1])]);
    }

    #[test]
    fn in_care_this_year_or_no_answer() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/02/2024,01/04/2025\n2,31/03/2026,\n")
            .with(Uasc, "CHILD,DUC\n1,\n2,\n3,01/02/2024\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,\n4,YES\n")
            .clean();
    }
}
