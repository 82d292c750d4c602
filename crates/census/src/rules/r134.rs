//! # What it does
//! Flags a row of AD1 with anything filled in when the same child has answers in OC3.
//!
//! # Why it matters
//! A child who was adopted has a family by law and is not a care leaver. One of the two tables has the wrong child
//! in it.
//!
//! # How to put it right
//! If the child was adopted, take the child out of OC3. If the child is a care leaver, take the child out of AD1.
//!
//! # Example
//! Child `101` has `DATE_MATCH` = 02/09/2025 in AD1 and `IN_TOUCH` = `YES` in OC3.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "134",
    title: "Adoption details are given for a young person who is in the care leavers' table.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "IN_TOUCH",
            "ACTIV",
            "ACCOM",
            "DATE_INT",
            "DATE_MATCH",
            "FOSTER_CARE",
            "NB_ADOPTR",
            "SEX_ADOPTR",
            "LS_ADOPTR",
        ],
        tables: &[Oc3, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.ad1().is_empty() {
        return;
    }
    let leaver = child
        .oc3()
        .iter()
        .any(|row| !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank()));
    if !leaver {
        return;
    }
    for row in child.ad1() {
        let blank = row.date_int.is_blank()
            && row.date_match.is_blank()
            && row.foster_care.is_blank()
            && row.nb_adoptr.is_blank()
            && row.sex_adoptr.is_blank()
            && row.ls_adoptr.is_blank();
        out.flag_if(!blank, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_adopted_care_leaver() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH,ACCOM\n1,YES,\n2,,B1\n3,,\n")
            .with(Ad1, "CHILD,DATE_MATCH,NB_ADOPTR\n1,02/09/2025,\n2,,1\n3,02/09/2025,2\n4,,1\n")
            .flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn an_empty_row_of_either_table() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,ACTIV\n1,F1\n2,\n")
            .with(Ad1, "CHILD,DATE_MATCH\n1,\n2,02/09/2025\n")
            .clean();
    }
}
