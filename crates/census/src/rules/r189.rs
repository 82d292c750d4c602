//! # What it does
//! Flags a row of OC2 with a score on the strengths and difficulties questionnaire, or a reason for having none,
//! for a young person who was 17 or over at the start of the collection year.
//!
//! # Why it matters
//! The questionnaire is for children of 4 to 16; scores of others would distort the average.
//!
//! # How to put it right
//! Leave the score and the reason blank, or correct the date of birth.
//!
//! # Example
//! A young person born on 01/04/2008 has `SDQ_SCORE` = `14` in the return from 1 April 2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "189",
    title: "An SDQ score, or a reason for having none, is given for a young person who was already 17.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "SDQ_SCORE", "SDQ_REASON"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc2().iter().filter(|row| !(row.sdq_score.is_blank() && row.sdq_reason.is_blank())) {
        let Some(born) = row.dob.value() else { continue };
        out.flag_if(born.plus_years(17) <= ctx.start, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_score_or_a_reason_by_a_day() {
        case(&RULE, 2026)
            .with(
                Oc2,
                "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1,01/04/2008,9,\n2,01/04/2008,,SDQ1\n3,02/04/2008,9,\n",
            )
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn neither_or_no_date_of_birth() {
        case(&RULE, 2026).with(Oc2, "CHILD,DOB,SDQ_SCORE\n1,01/04/2008,\n2,,9\n").clean();
    }
}
