//! # What it does
//! Flags a row of OC2 without a score on the strengths and difficulties questionnaire and without a reason, when
//! the child was looked after all year, was 4 or over at the start of the year and under 17 at its end.
//!
//! # Why it matters
//! How many children have a score is published, and a high score is a reason to help.
//!
//! # How to put it right
//! Enter the total difficulties score, or the reason why there is none (`SDQ_REASON`).
//!
//! # Example
//! A child born on 05/05/2015 and looked after all of 2025-26 has `SDQ_SCORE` and `SDQ_REASON` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "186",
    title: "There is neither an SDQ score nor a reason for a child of 4 to 16 looked after all year.",
    versions: &[Version {
        from: 2023,
        fields: &["SDQ_SCORE"],
        tables: &[Episodes, Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.oc2().is_empty() || !child.looked_after_all_year(ctx) {
        return;
    }
    for row in child.oc2().iter().filter(|row| row.sdq_score.is_blank() && row.sdq_reason.is_blank()) {
        let Some(born) = row.dob.value() else { continue };
        out.flag_if(born.plus_years(4) <= ctx.start && born.plus_years(17) > ctx.end, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn four_to_sixteen_by_a_day() {
        let episodes = "CHILD,DECOM\n1,01/06/2024\n2,01/06/2024\n3,01/06/2024\n4,01/06/2024\n";
        case(&RULE, 2026)
            .with(Episodes, episodes)
            .with(Oc2, "CHILD,DOB\n1,01/04/2021\n2,02/04/2021\n3,01/04/2009\n4,31/03/2009\n")
            .flags(&[(Oc2, &[0, 2])]);
    }

    #[test]
    fn a_score_a_reason_or_not_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2024,S\n3,01/06/2025,S\n")
            .with(
                Oc2,
                "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1,05/05/2015,,SDQ2\n2,05/05/2015,9,\n3,05/05/2015,,\n",
            )
            .clean();
    }
}
