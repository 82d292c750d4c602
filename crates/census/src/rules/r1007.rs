//! # What it does
//! For a young person who turned 17 or 18 in the collection year, flags a row of OC3 with any answer when an
//! episode was running on the evening of that birthday. One that ended on the birthday itself was not.
//!
//! # Why it matters
//! At 17 and 18 the questions are only for those who had left care by their birthday. The others are still counted
//! as looked after.
//!
//! # How to put it right
//! Take the row out of OC3. If the young person had left care by then, correct the end of the last episode.
//!
//! # Example
//! Born 01/02/2009; the last episode ended on 01/03/2026, a month after the 17th birthday.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1007",
    title: "Care leaver answers are given for a young person who was still looked after on the birthday.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        let still_in_care = birthday(&row, ctx).is_some_and(|day| child.looked_after_on(day));
        out.flag_if(answered(&row) && still_in_care, &row);
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
    fn in_care_on_the_birthday() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/02/2024,\n2,01/02/2024,02/02/2026\n3,01/02/2024,02/06/2025\n",
            )
            .with(Oc3, "CHILD,DOB,IN_TOUCH\n1,01/02/2009,YES\n2,01/02/2009,YES\n3,01/06/2007,YES\n")
            .flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn left_by_the_birthday_or_another_age_or_no_answer() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/02/2024,01/02/2026\n2,01/02/2024,\n3,01/02/2024,\n4,02/02/2026,\n",
            )
            .with(
                Oc3,
                "CHILD,DOB,IN_TOUCH\n1,01/02/2009,YES\n2,01/06/2006,YES\n3,01/02/2009,\n4,01/02/2009,YES\n",
            )
            .clean();
    }

    #[test]
    fn an_eighteenth_birthday_outside_care_though_the_seventeenth_was_in_it() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/02/2024,01/05/2025\n")
            .with(Oc3, "CHILD,DOB,IN_TOUCH\n1,01/06/2007,YES\n")
            .clean();
    }
}
