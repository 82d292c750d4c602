//! # What it does
//! For a young person who turned 17 or 18 in the collection year, flags a row of OC3 with any answer when the
//! latest episode ended after that birthday and the child did not go on being looked after (`REC` is not `X1`).
//!
//! # Why it matters
//! At 17 and 18 the questions are only for those who had left care by their birthday; who left later is asked on
//! the next one.
//!
//! # How to put it right
//! Take the row out of OC3. If the young person left by the birthday, correct the end of the last episode.
//!
//! # Example
//! Born 01/02/2009; the last episode ended with `E8` on 02/02/2026, a day after the 17th birthday.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1016",
    title: "Care leaver answers are given for a young person who left care only after the birthday.",
    versions: &[Version {
        from: 2024,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.oc3().is_empty() {
        return;
    }
    let Some(latest) = child.episodes().iter().rev().find(|e| e.decom.value().is_some()) else { return };
    if latest.rec.is("X1") {
        return;
    }
    for row in child.oc3() {
        out.flag_if(answered(&row) && after(latest.dec.value(), birthday(&row, ctx)), &row);
    }
}

/// The 17th or 18th birthday in the year.
fn birthday(row: &Oc3Row, ctx: &Context<'_>) -> Option<Date> {
    let born = row.dob.value()?;
    let age = born.age_on(ctx.end);
    matches!(age, 17 | 18).then(|| born.plus_years(age))
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
    fn left_after_the_birthday() {
        case(&RULE, 2026)
        .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/02/2024,02/02/2026,E8\n2,01/06/2025,01/08/2025,E8\n2,01/02/2024,01/06/2025,X1\n")
        .with(Oc3, "CHILD,DOB,IN_TOUCH\n1,01/02/2009,YES\n2,01/07/2007,YES\n")
        .flags(&[(Oc3, &[0, 1])]);
    }

    #[test]
    fn left_by_the_birthday_or_still_here_or_another_age() {
        case(&RULE, 2026)
        .with(
                Episodes,
                "CHILD,DECOM,DEC,REC\n1,01/02/2024,01/02/2026,E8\n2,01/02/2024,,\n3,01/02/2024,02/03/2026,X1\n4,01/02/2024,02/03/2026,E8\n5,01/02/2024,02/03/2026,E8\n",
            )
        .with(Oc3, "CHILD,DOB,IN_TOUCH\n1,01/02/2009,YES\n2,01/02/2009,YES\n3,01/02/2009,YES\n4,01/02/2007,YES\n5,01/02/2009,\n")
        .clean();
    }
}
