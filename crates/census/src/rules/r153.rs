//! # What it does
//! Flags a row of OC3 in which some of contact, activity and accommodation are filled in and others are blank.
//!
//! # Why it matters
//! The three answers describe one young person at one time, and are published together.
//!
//! # How to put it right
//! Complete the row. Where activity or accommodation does not apply, it is `0` and not blank.
//!
//! # Example
//! `IN_TOUCH` = `DIED` with `ACTIV` and `ACCOM` blank: they should be `0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "153",
    title: "Only some of the care leaver's answers are filled in.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        let answers = [row.in_touch.is_blank(), row.activ.is_blank(), row.accom.is_blank()];
        let blank = answers.iter().filter(|blank| **blank).count();
        out.flag_if(blank > 0 && blank < answers.len(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn some_of_the_three() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,DIED,,\n2,YES,F1,\n3,,,B1\n")
            .flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn all_or_none() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,YES,F1,B1\n2,,,\n").clean();
    }
}
