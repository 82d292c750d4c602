//! # What it does
//! Flags a row of OC2 in which any of the yearly health and offending answers is filled in, although the child was
//! not looked after for the whole collection year (short breaks do not count).
//!
//! # Why it matters
//! The yearly answers are only asked of children looked after for twelve months; others would distort the measures.
//!
//! # How to put it right
//! If the child really was looked after all year, correct the episodes. Otherwise take the child out of OC2.
//!
//! # Example
//! A child who started to be looked after in June has `TEETH_CHECK` = `1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "190",
    title: "Yearly health or offending answers are given for a child not looked after all year.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
        tables: &[Oc2, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.oc2().is_empty() || child.looked_after_all_year(ctx) {
        return;
    }
    for row in child.oc2() {
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
        out.flag_if(answers.iter().any(|answer| !answer.is_blank()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_answer_for_a_child_who_came_in_june() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,S\n2,01/06/2025,S\n")
            .with(Oc2, "CHILD,TEETH_CHECK\n1,1\n2,\n3,0\n")
            .flags(&[(Oc2, &[0, 2])]);
    }

    #[test]
    fn an_answer_for_a_child_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n")
            .with(Oc2, "CHILD,TEETH_CHECK\n1,1\n")
            .clean();
    }
}
