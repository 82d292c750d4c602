//! # What it does
//! Flags a row of OC2 with a substance misuse problem and no help received, in which it is not said whether help
//! was offered.
//!
//! # Why it matters
//! A child who refused help and a child who was never offered any are very different.
//!
//! # How to put it right
//! Enter `1` in `INTERVENTION_OFFERED` if help was offered and refused, `0` if none was offered.
//!
//! # Example
//! `SUBSTANCE_MISUSE` = `1`, `INTERVENTION_RECEIVED` = `0`, `INTERVENTION_OFFERED` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "159",
    title: "No help for substance misuse was received, but it is not said whether it was offered.",
    versions: &[Version {
        from: 2023,
        fields: &["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let refused_or_not_offered =
            row.substance_misuse.value() == Some(true) && row.intervention_received.value() == Some(false);
        out.flag_if(refused_or_not_offered && row.intervention_offered.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_offer_is_not_answered() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1,1,0,\n2,1,0,0\n")
            .flags(&[(Oc2, &[0])]);
    }

    #[test]
    fn the_question_does_not_arise() {
        case(&RULE, 2026).with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1,1,1,\n2,0,0,\n3,1,,\n4,1,0,1\n").clean();
    }
}
