//! # What it does
//! Flags a row of OC2 without a score on the strengths and difficulties questionnaire and without a reason, when
//! the child was looked after all year and had the fourth or the seventeenth birthday in it.
//!
//! # Why it matters
//! Such a child was of the age for the questionnaire for part of the year. Without an answer nobody knows whether
//! it was forgotten.
//!
//! # How to put it right
//! Enter the score, or the reason why there is none: `SDQ1` if the child was too young or too old when it would
//! have been due.
//!
//! # Example
//! A child born on 09/09/2021 and looked after all of 2025-26 has `SDQ_SCORE` and `SDQ_REASON` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "197B",
    title: "There is neither an SDQ score nor a reason for a child who turned 4 or 17 in the year.",
    versions: &[Version {
        from: 2023,
        fields: &["SDQ_REASON", "DOB"],
        tables: &[Oc2, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.oc2().is_empty() || !child.looked_after_all_year(ctx) {
        return;
    }
    for row in child.oc2().iter().filter(|row| row.sdq_score.is_blank() && row.sdq_reason.is_blank()) {
        let Some(born) = row.dob.value() else { continue };
        out.flag_if(ctx.holds(born.plus_years(4)) || ctx.holds(born.plus_years(17)), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn four_or_seventeen_in_the_year_by_a_day() {
        let episodes = "CHILD,DECOM\n1,01/06/2024\n2,01/06/2024\n3,01/06/2024\n4,01/06/2024\n";
        case(&RULE, 2026)
            .with(Episodes, episodes)
            .with(Oc2, "CHILD,DOB\n1,01/04/2021\n2,01/04/2022\n3,31/03/2009\n4,01/04/2009\n")
            .flags(&[(Oc2, &[0, 2])]);
    }

    #[test]
    fn a_score_a_reason_or_not_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2024,S\n3,01/06/2025,S\n")
            .with(
                Oc2,
                "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1,09/09/2021,,SDQ1\n2,09/09/2021,9,\n3,09/09/2021,,\n",
            )
            .clean();
    }
}
