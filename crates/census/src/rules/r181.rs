//! # What it does
//! Flags a row of OC2 in which one of the eight yearly answers about health and offending is written but is neither
//! `0` (no) nor `1` (yes).
//!
//! # Why it matters
//! An answer that is neither yes nor no cannot be counted.
//!
//! # How to put it right
//! Correct the answer to `0` or `1`, or leave it blank where the question does not apply to the child.
//!
//! # Example
//! `TEETH_CHECK` = `Y`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "181",
    title: "A yearly health or offending answer is neither 0 nor 1.",
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
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
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
        out.flag_if(answers.iter().any(|answer| answer.is_nonsense()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn neither_yes_nor_no() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,TEETH_CHECK,CONVICTED\n1,Y,1\n2,0,2\n3,1,0\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn yes_no_or_blank() {
        case(&RULE, 2026).with(Oc2, "CHILD,IMMUNISATIONS,INTERVENTION_OFFERED\n1,1,0\n2,,\n").clean();
    }
}
