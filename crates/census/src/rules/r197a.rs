//! # What it does
//! Flags a row of OC2 with both a score on the strengths and difficulties questionnaire and a reason for having
//! none.
//!
//! # Why it matters
//! Only one can be true, and the child would be counted among those with a score and among those without.
//!
//! # How to put it right
//! Take out the reason if the score is right; otherwise take out the score.
//!
//! # Example
//! `SDQ_SCORE` = `12` with `SDQ_REASON` = `SDQ2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "197a",
    title: "A reason for having no SDQ score is given although there is a score.",
    versions: &[Version {
        from: 2023,
        fields: &["SDQ_SCORE", "SDQ_REASON"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        out.flag_if(!row.sdq_score.is_blank() && !row.sdq_reason.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn both() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SDQ_SCORE,SDQ_REASON\n1,12,SDQ2\n2,X,SDQ2\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn one_or_neither() {
        case(&RULE, 2026).with(Oc2, "CHILD,SDQ_SCORE,SDQ_REASON\n1,12,\n2,,SDQ2\n3,,\n").clean();
    }
}
