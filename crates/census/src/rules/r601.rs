//! # What it does
//! Looks at episodes that ended with an adoption (`REC` = `E11` or `E12`) within the collection year. If the child
//! has no row in AD1, the episode is flagged; if any of the six answers of the row is blank, the episode and the
//! row are.
//!
//! # Why it matters
//! The figures on how long adoption takes, and on who adopts, are made from these answers.
//!
//! # How to put it right
//! Complete the adoption on the child's record. If the child was not adopted, correct the reason the episode ended.
//!
//! # Example
//! `REC` = `E11` on 14/09/2025, and AD1 has no `DATE_MATCH`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "601",
    title: "The child was adopted in the year, but the adoption details are not complete.",
    versions: &[Version {
        from: 2023,
        fields: &["REC", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| ends_in_adoption(e, ctx)) {
        out.flag_if(child.ad1().is_empty(), &episode);
        for row in child.ad1().iter().filter(|row| answers(row).contains(&false)) {
            out.flag(&episode);
            out.flag(&row);
        }
    }
}

/// Whether the child was adopted in the year, by this episode.
pub(super) fn ends_in_adoption(episode: &EpisodeRow, ctx: &Context<'_>) -> bool {
    episode.rec.is_any(&["E11", "E12"]) && episode.dec.value().is_some_and(|dec| ctx.holds(dec))
}

/// Which of the six answers of AD1 are given.
pub(super) fn answers(row: &Ad1Row) -> [bool; 6] {
    [
        !row.date_int.is_blank(),
        !row.date_match.is_blank(),
        !row.foster_care.is_blank(),
        !row.nb_adoptr.is_blank(),
        !row.sex_adoptr.is_blank(),
        !row.ls_adoptr.is_blank(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const ALL: &str = "CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n";

    #[test]
    fn no_row_or_a_row_with_a_gap() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,14/09/2025,E11\n2,31/03/2026,E12\n3,14/09/2025,E12\n")
            .with(Ad1, &format!("{ALL}1,01/02/2025,,0,1,F1,L0\n3,,,,,,\n"))
            .flags(&[(Episodes, &[0, 1, 2]), (Ad1, &[0, 1])]);
    }

    #[test]
    fn complete_or_not_adopted_this_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,14/09/2025,E11\n2,31/03/2025,E12\n3,14/09/2025,E4A\n4,,E11\n")
            .with(Ad1, &format!("{ALL}1,01/02/2025,01/01/2025,0,1,F1,L0\n"))
            .clean();
    }
}
