//! # What it does
//! Flags a row of OC2 in which the question on convictions is answered but one or more of immunisations, dental
//! check, health assessment and substance misuse is not.
//!
//! # Why it matters
//! These are all asked of the same children. If one is answered, the others are due as well.
//!
//! # How to put it right
//! Answer the questions that are blank. If the child was not looked after all year, clear them all.
//!
//! # Example
//! `CONVICTED` = 0 and `TEETH_CHECK` = 1, and nothing in `SUBSTANCE_MISUSE`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "544",
    title: "Convictions are answered, but the yearly health questions are not.",
    versions: &[Version {
        from: 2023,
        fields: &["CONVICTED", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let due = [&row.immunisations, &row.teeth_check, &row.health_assessment, &row.substance_misuse];
        out.flag_if(!row.convicted.is_blank() && due.iter().any(|answer| answer.is_blank()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_of_the_others_is_blank() {
        case(&RULE, 2026).with(Oc2, "CHILD,CONVICTED,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE\n1,0,1,1,1,\n2,1,,1,1,0\n3,1,,,,\n4,0,0,0,0,0\n").flags(&[(Oc2, &[0, 1, 2])]);
    }

    #[test]
    fn it_is_not_answered_itself() {
        case(&RULE, 2026).with(Oc2, "CHILD,CONVICTED,IMMUNISATIONS\n1,,\n2,,1\n").clean();
    }
}
