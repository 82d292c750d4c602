//! # What it does
//! For a child looked after without a break for the whole collection year, flags the row of OC2 if immunisations,
//! teeth check, health assessment or substance misuse is blank. If the child is not in OC2 at all, the first of the
//! child's episodes is flagged.
//!
//! # Why it matters
//! These four are asked of every child looked after for the year. A child left out lowers the measure, and may have
//! missed a check.
//!
//! # How to put it right
//! Complete the answers from the health record; if there was no check, the answer is `0`. Add the child to OC2 if
//! there is no row.
//!
//! # Example
//! A child looked after since 2023 has `TEETH_CHECK` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "191",
    title: "A yearly health answer is missing for a child looked after all year.",
    versions: &[Version {
        from: 2023,
        fields: &["IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "CHILD"],
        tables: &[Oc2, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.episodes().is_empty() || !child.looked_after_all_year(ctx) {
        return;
    }
    for row in child.oc2() {
        let answers = [&row.immunisations, &row.teeth_check, &row.health_assessment, &row.substance_misuse];
        out.flag_if(answers.iter().any(|answer| answer.is_blank()), &row);
    }
    if child.oc2().is_empty() {
        out.flag_all(child.episodes().iter().min_by_key(Row::index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_blank_answer_and_a_child_left_out() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM\n1,01/06/2024\n2,01/07/2025\n2,01/06/2024\n")
            .with(Oc2, "CHILD,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE\n1,1,,1,0\n")
            .flags(&[(Oc2, &[0]), (Episodes, &[1])]);
    }

    #[test]
    fn all_answered_or_not_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2025,S\n3,01/06/2025,S\n")
            .with(
                Oc2,
                "CHILD,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE\n1,1,0,1,0\n2,,,,\n",
            )
            .clean();
    }
}
