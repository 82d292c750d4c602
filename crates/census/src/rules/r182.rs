//! # What it does
//! Flags a row of OC2 in which any yearly answer is filled in but immunisations, teeth check, health assessment or
//! substance misuse is blank.
//!
//! # Why it matters
//! These four are asked of every child looked after for the year. Left blank, the child is missing from the
//! measure.
//!
//! # How to put it right
//! Complete the four from the health record. If the child was not looked after all year, leave all eight answers
//! blank.
//!
//! # Example
//! `TEETH_CHECK` = `1` with `IMMUNISATIONS` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "182",
    title: "Some yearly health answers are filled in, but not the four that every child needs.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "CONVICTED",
            "HEALTH_CHECK",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let needed = [&row.immunisations, &row.teeth_check, &row.health_assessment, &row.substance_misuse];
        let others =
            [&row.convicted, &row.health_check, &row.intervention_received, &row.intervention_offered];
        let any = needed.iter().chain(&others).any(|answer| !answer.is_blank());
        out.flag_if(any && needed.iter().any(|answer| answer.is_blank()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_of_the_four_is_blank() {
        case(&RULE, 2026).with(Oc2, "CHILD,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,CONVICTED\n1,,1,1,1,\n2,,,,,1\n").flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn all_four_or_nothing() {
        case(&RULE, 2026).with(Oc2, "CHILD,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,CONVICTED\n1,1,1,0,0,\n2,,,,,\n").clean();
    }
}
