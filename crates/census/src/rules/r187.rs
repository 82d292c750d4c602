//! # What it does
//! Flags rows of AD1 and OC3 with anything filled in for a child who was looked after without a break for the whole
//! collection year.
//!
//! # Why it matters
//! A child who was looked after to the end of the year was neither adopted nor left care in it.
//!
//! # How to put it right
//! If the child left care or was adopted in the year, end the last episode. Otherwise take the child out of AD1 or
//! OC3.
//!
//! # Example
//! A child whose episode is open on 31 March has `IN_TOUCH` = `YES` in OC3.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "187",
    title: "The child was looked after all year, and yet has answers about adoption or leaving care.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "DATE_INT",
            "DATE_MATCH",
            "FOSTER_CARE",
            "NB_ADOPTR",
            "SEX_ADOPTR",
            "LS_ADOPTR",
            "IN_TOUCH",
            "ACTIV",
            "ACCOM",
        ],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if (child.oc3().is_empty() && child.ad1().is_empty()) || !child.looked_after_all_year(ctx) {
        return;
    }
    for row in child.oc3() {
        let blank = row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank();
        out.flag_if(!blank, &row);
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
    fn adopted_or_left_and_still_there() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/06/2024\n2,01/06/2024\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,\n")
            .with(Ad1, "CHILD,LS_ADOPTR\n1,\n2,L0\n")
            .flags(&[(Oc3, &[0]), (Ad1, &[1])]);
    }

    #[test]
    fn left_in_the_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/06/2024,01/09/2025,E11\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n")
            .with(Ad1, "CHILD,LS_ADOPTR\n1,L0\n")
            .clean();
    }
}
