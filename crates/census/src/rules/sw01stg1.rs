//! # What it does
//! Flags a row of SWEpisodes with a blank in `SW_ID`, `SW_DECOM` or `SW_REASON` when the child has an open episode
//! that is not an agreed short break (`LS` = `V3` or `V4`), or has no episode at all.
//!
//! # Why it matters
//! For each child in care on 31 March the return says who the social worker is, since when, and why that changed.
//!
//! # How to put it right
//! Fill in what is blank from the record of the allocation.
//!
//! # Example
//! The child's episode is open, and the row has no `SW_REASON`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW01STG1",
    title: "A child in care has a social worker row that is not complete.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["SW_ID", "SW_DECOM", "SW_REASON"],
        tables: &[SwEpisodes, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    if episodes.is_empty() || episodes.iter().any(|e| e.is_open() && !e.is_short_term()) {
        out.flag_all(child.sw_episodes().iter().filter(|row| is_incomplete(row)));
    }
}

/// Whether who, since when or why is blank.
pub(super) fn is_incomplete(row: &SwEpisodeRow) -> bool {
    row.sw_id.is_blank() || row.sw_decom.is_blank() || row.sw_reason.is_blank()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_gap_for_a_child_in_care() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/05/2023,,C2\n2,01/05/2023,,C2\n")
            .with(
                SwEpisodes,
                "CHILD,SW_ID,SW_DECOM,SW_REASON\n1,,01/05/2023,OTHERS\n2,SW1,,OTHERS\n3,SW1,01/05/2023,\n",
            )
            .flags(&[(SwEpisodes, &[0, 1, 2])]);
    }

    #[test]
    fn complete_or_not_in_care() {
        case(&RULE, 2024)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/05/2023,,C2\n2,01/05/2023,01/06/2023,C2\n3,01/05/2023,,V4\n",
            )
            .with(SwEpisodes, "CHILD,SW_ID,SW_DECOM,SW_REASON\n1,SW1,01/05/2023,OTHERS\n2,,,\n3,,,\n")
            .clean();
    }
}
