//! # What it does
//! Flags a row of OC2 without a substance misuse problem in which it is said whether help was received or offered.
//!
//! # Why it matters
//! Help is counted among children with a problem; the answers contradict each other.
//!
//! # How to put it right
//! If the child has a problem, `SUBSTANCE_MISUSE` is `1`. Otherwise leave the two questions about help blank.
//!
//! # Example
//! `SUBSTANCE_MISUSE` = `0` with `INTERVENTION_OFFERED` = `0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "193",
    title: "Questions about help for substance misuse are answered for a child without such a problem.",
    versions: &[Version {
        from: 2023,
        fields: &["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let answered = !(row.intervention_received.is_blank() && row.intervention_offered.is_blank());
        out.flag_if(answered && row.substance_misuse.value() != Some(true), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn help_without_a_problem() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1,0,,0\n2,,1,\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn a_problem_or_no_answers() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED\n1,1,1\n2,0,\n3,,\n")
            .clean();
    }
}
