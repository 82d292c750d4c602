//! # What it does
//! Flags a row of OC2 whose score on the strengths and difficulties questionnaire is written but is not a whole
//! number from 0 to 40.
//!
//! # Why it matters
//! The average score is published for every authority; 17 or more is a cause for concern.
//!
//! # How to put it right
//! Take the total difficulties score from the questionnaire. If there is none, leave the score blank and give the
//! reason.
//!
//! # Example
//! `SDQ_SCORE` = `41`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "180",
    title: "The SDQ score is not a whole number from 0 to 40.",
    versions: &[Version { from: 2023, fields: &["SDQ_SCORE"], tables: &[Oc2], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        // Spreadsheets write 20 as 20.0.
        let possible = row
            .sdq_score
            .raw()
            .parse::<f64>()
            .is_ok_and(|score| score.fract() == 0.0 && (0.0..=40.0).contains(&score));
        out.flag_if(!row.sdq_score.is_blank() && !possible, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn too_much_less_than_nothing_and_no_number() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,SDQ_SCORE\n1,41\n2,-1\n3,X\n4,39.5\n5,40\n6,NAN\n")
            .flags(&[(Oc2, &[0, 1, 2, 3, 5])]);
    }

    #[test]
    fn possible_scores_and_a_blank() {
        case(&RULE, 2026).with(Oc2, "CHILD,SDQ_SCORE\n1,0\n2,40\n3,20.0\n4,\n").clean();
    }
}
