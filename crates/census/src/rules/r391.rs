//! # What it does
//! Flags a row of OC3 with an answer (`IN_TOUCH`, `ACTIV` or `ACCOM`) for somebody who had not turned 17 by the last
//! day of the collection year, or had turned 22 by its first.
//!
//! # Why it matters
//! OC3 is asked around the birthdays from 17 to 21 only. Others would distort the measures of care leavers.
//!
//! # How to put it right
//! Check the date of birth. If it is right, take the young person out of OC3.
//!
//! # Example
//! `DOB` = 01/04/2009 with `IN_TOUCH` = `YES` in the 2025-26 return: the seventeenth birthday is a day too late.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "391",
    title: "A young person in OC3 was not 17 to 21 at any time in the year.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        let answered = !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank());
        let birthday = |years: i32| row.dob.value().map(|dob| dob.plus_years(years));
        let too_young = after(birthday(17), ctx.end);
        let too_old = on_or_before(birthday(22), ctx.start);
        out.flag_if(answered && (too_young || too_old), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn too_young_or_too_old() {
        case(&RULE, 2026)
            .with(
                Oc3,
                "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n1,01/04/2009,YES,,\n2,31/03/2009,YES,,\n3,01/04/2003,,F1,\n4,02/04/2003,,,U1\n",
            )
            .flags(&[(Oc3, &[0, 2])]);
    }

    #[test]
    fn no_answer_or_no_date() {
        case(&RULE, 2026).with(Oc3, "CHILD,DOB,IN_TOUCH\n1,01/04/2015,\n2,,YES\n").clean();
    }
}
