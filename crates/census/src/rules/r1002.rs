//! # What it does
//! Flags a row of OC3 with any answer when neither this year's return nor any earlier one that is given has an
//! episode of the young person.
//!
//! # Why it matters
//! A care leaver is someone who has been looked after. A row without any care behind it is often another person's
//! number.
//!
//! # How to put it right
//! If the young person left care before the oldest return that was given, nothing is wrong: give the older returns
//! too, or note that and leave the row. If the number is wrong, correct it; otherwise take the row out of OC3.
//!
//! # Example
//! OC3 has `CHILD` = `900` with `IN_TOUCH` = `YES`; `900` is in Episodes of no year.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1002",
    title: "Care leaver answers are given for someone without an episode of care, this year or before.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.episodes().is_empty() && child.before().all(|year| year.episodes().is_empty()) {
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
    fn no_care_behind_the_answers() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n")
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n2,YES,,\n3,,F1,\n4,,,B1\n")
            .flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn care_years_ago() {
        case(&RULE, 2026)
            .earlier(2022, Episodes, "CHILD,DECOM\n2,01/05/2021\n")
            .earlier(2023, Episodes, "CHILD,DECOM\n1,01/05/2022\n")
            .with(Episodes, "CHILD,DECOM\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,YES\n")
            .flags(&[(Oc3, &[2])]);
    }

    #[test]
    fn care_in_either_year_or_no_answer() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM\n2,01/05/2024\n")
            .with(Episodes, "CHILD,DECOM\n1,01/05/2025\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,\n")
            .clean();
    }
}
