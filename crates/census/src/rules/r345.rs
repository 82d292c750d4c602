//! # What it does
//! Flags a row of OC3 with `IN_TOUCH` = `YES` in which `ACTIV` or `ACCOM` is `0`.
//!
//! # Why it matters
//! An authority that is in touch knows the answers. Young people without them pull the published figures down.
//!
//! # How to put it right
//! Ask the personal adviser, and enter activity and accommodation as they were around the birthday.
//!
//! # Example
//! `IN_TOUCH` = `YES` with `ACTIV` = `0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "345",
    title: "The authority is in touch with the young person, but does not say what they do or where they live.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3().iter().filter(|row| row.in_touch.is("YES")) {
        out.flag_if(row.activ.is("0") || row.accom.is("0"), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_of_them_is_nought() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,YES,0,U1\n2,Yes,F1,0\n3,YES,0,0\n")
            .flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn both_are_answered_or_not_in_touch() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,YES,F1,U1\n2,NO,0,0\n3,,0,0\n").clean();
    }
}
