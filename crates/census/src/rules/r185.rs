//! # What it does
//! Flags a row of OC2 with a score on the strengths and difficulties questionnaire for a child who was not looked
//! after without a break for the whole collection year (short breaks do not count).
//!
//! # Why it matters
//! The questionnaire is asked only of children looked after for twelve months at 31 March; others would distort the
//! average.
//!
//! # How to put it right
//! If the child really was looked after all year, correct the episodes. Otherwise take the child out of OC2.
//!
//! # Example
//! A child who started to be looked after in June has `SDQ_SCORE` = `12`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "185",
    title: "An SDQ score is given for a child not looked after all year.",
    versions: &[Version {
        from: 2023,
        fields: &["SDQ_SCORE"],
        tables: &[Episodes, Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.oc2().is_empty() || child.looked_after_all_year(ctx) {
        return;
    }
    out.flag_all(child.oc2().iter().filter(|row| !row.sdq_score.is_blank()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_child_who_came_in_june_or_is_not_there_at_all() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,S\n")
            .with(Oc2, "CHILD,SDQ_SCORE\n1,12\n2,12\n1,\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn a_child_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n")
            .with(Oc2, "CHILD,SDQ_SCORE\n1,12\n")
            .clean();
    }
}
