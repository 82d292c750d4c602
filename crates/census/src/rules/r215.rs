//! # What it does
//! Flags a child who has an answer in OC3 (care leavers) and also a health or offending answer in OC2 (children
//! looked after for twelve months). Both rows are flagged.
//!
//! # Why it matters
//! A young person cannot have left care and have been in care all year. One of the two is counted wrongly.
//!
//! # How to put it right
//! See from the episodes whether the young person is still looked after, and empty the table that does not apply.
//!
//! # Example
//! `IN_TOUCH` = `YES` in OC3 and `TEETH_CHECK` = `1` in OC2.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "215",
    title: "A care leaver also has the yearly answers for a child in care.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "IN_TOUCH",
            "ACTIV",
            "ACCOM",
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
        tables: &[Oc2, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for leaver in child.oc3().iter().filter(answers_as_leaver) {
        for yearly in child.oc2().iter().filter(answers_as_child) {
            out.flag(&leaver);
            out.flag(&yearly);
        }
    }
}

fn answers_as_leaver(row: &Row<'_, Oc3Row>) -> bool {
    !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank())
}

fn answers_as_child(row: &Row<'_, Oc2Row>) -> bool {
    let answers = [
        &row.convicted,
        &row.health_check,
        &row.immunisations,
        &row.teeth_check,
        &row.health_assessment,
        &row.substance_misuse,
        &row.intervention_received,
        &row.intervention_offered,
    ];
    answers.iter().any(|answer| !answer.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn answers_in_both_tables() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,YES,,\n2,,,U1\n3,YES,F1,U1\n")
            .with(Oc2, "CHILD,CONVICTED,INTERVENTION_OFFERED\n2,0,\n1,,1\n4,1,\n")
            .flags(&[(Oc3, &[0, 1]), (Oc2, &[0, 1])]);
    }

    #[test]
    fn a_row_without_answers() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH\n1,\n2,NO\n")
            .with(Oc2, "CHILD,TEETH_CHECK,SDQ_SCORE\n1,1,\n2,,12\n")
            .clean();
    }
}
