//! # What it does
//! Flags a young person with anything in `MOTHER` who has an answer in OC3 (`IN_TOUCH`, `ACTIV` or `ACCOM`) and no
//! episode in this return.
//!
//! # Why it matters
//! The question on motherhood is asked of those who were looked after in the year, not of care leavers.
//!
//! # How to put it right
//! Empty `MOTHER` and `MC_DOB`. If the young person was looked after this year, add the episodes.
//!
//! # Example
//! OC3 has `IN_TOUCH` = `YES`, there is no episode, and `MOTHER` = `0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "628",
    title: "A care leaver who was not in care this year has an answer on being a mother.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER"],
        tables: &[Episodes, Header, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if !child.episodes().is_empty() {
        return;
    }
    let answered =
        |row: Row<'_, Oc3Row>| !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank());
    if child.oc3().iter().any(answered) {
        out.flag_all(child.headers().iter().filter(|header| !header.mother.is_blank()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_care_leaver_is_asked() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MOTHER\n1,0\n2,1\n3,1\n4,\n")
            .with(Episodes, "CHILD\n3\n")
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV\n1,YES,\n2,,F1\n3,YES,\n4,YES,\n")
            .flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn no_care_leaver_or_no_answer() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MOTHER\n1,0\n2,1\n")
            .with(Episodes, "CHILD\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,\n")
            .clean();
    }
}
