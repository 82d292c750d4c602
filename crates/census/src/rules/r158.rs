//! # What it does
//! Flags a row of OC2 that says the child received help for substance misuse and also answers whether help was
//! offered.
//!
//! # Why it matters
//! The second question is only for children who received none. Answered twice, the child counts twice.
//!
//! # How to put it right
//! If help was received, leave `INTERVENTION_OFFERED` blank. If it was not, `INTERVENTION_RECEIVED` is `0`.
//!
//! # Example
//! `INTERVENTION_RECEIVED` = `1` and `INTERVENTION_OFFERED` = `1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "158",
    title: "Help for substance misuse was received, so the question whether it was offered should be blank.",
    versions: &[Version {
        from: 2023,
        fields: &["INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        out.flag_if(
            row.intervention_received.value() == Some(true) && !row.intervention_offered.is_blank(),
            &row,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn received_and_the_offer_answered() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1,1,1\n2,1,0\n3,1,\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn only_one_is_answered() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1,1,\n2,0,1\n3,,1\n")
            .clean();
    }
}
