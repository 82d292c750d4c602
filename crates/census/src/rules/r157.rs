//! # What it does
//! Flags a row of OC2 without a score on the strengths and difficulties questionnaire and with the reason `SDQ1`,
//! when the child was looked after all year, was 4 or over at the start of the year and 16 or under at its end.
//!
//! # Why it matters
//! The reason says that the child was too young or too old. A child of that age should have a score, or another
//! reason.
//!
//! # How to put it right
//! Enter the score. If there is none, choose the reason that is true (`SDQ2` to `SDQ5`), and check the date of
//! birth.
//!
//! # Example
//! A child born on 05/05/2015 and looked after all of 2025-26 has `SDQ_REASON` = `SDQ1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "157",
    title: "“Too young or too old” is given as the reason for no SDQ score, but the child is of the age for one.",
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
    for row in child.oc2().iter().filter(|row| row.sdq_score.is_blank() && row.sdq_reason.is("SDQ1")) {
        let Some(born) = row.dob.value() else { continue };
        out.flag_if(born.plus_years(4) <= ctx.start && born.plus_years(17) > ctx.end, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn between_four_and_sixteen_by_a_day() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/06/2024\n2,01/06/2024\n3,01/06/2024\n4,01/06/2024\n").with(Oc2, "CHILD,DOB,SDQ_REASON\n1,01/04/2021,SDQ1\n2,02/04/2021,SDQ1\n3,01/04/2009,SDQ1\n4,31/03/2009,SDQ1\n").flags(&[(Oc2, &[0, 2])]);
    }

    #[test]
    fn another_reason_a_score_or_not_here_all_year() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2024,S\n3,01/06/2025,S\n").with(Oc2, "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1,05/05/2015,,SDQ2\n2,05/05/2015,9,SDQ1\n3,05/05/2015,,SDQ1\n4,05/05/2015,,SDQ1\n").clean();
    }
}
