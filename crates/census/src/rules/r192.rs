//! # What it does
//! Flags a row of OC2 with a substance misuse problem in which it is not said whether help was received.
//!
//! # Why it matters
//! How many children with such a problem get help is published.
//!
//! # How to put it right
//! Enter `1` in `INTERVENTION_RECEIVED` if help was received, otherwise `0`.
//!
//! # Example
//! `SUBSTANCE_MISUSE` = `1` with `INTERVENTION_RECEIVED` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "192",
    title: "The child has a substance misuse problem, but it is not said whether help was received.",
    versions: &[Version {
        from: 2023,
        fields: &["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        out.flag_if(row.substance_misuse.value() == Some(true) && row.intervention_received.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn not_said() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED\n1,1,\n2,1,0\n")
            .flags(&[(Oc2, &[0])]);
    }

    #[test]
    fn said_or_no_problem() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED\n1,1,1\n2,0,\n3,,\n")
            .clean();
    }
}
