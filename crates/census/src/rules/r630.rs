//! # What it does
//! Looks at episodes with which a child started to be looked after (`RNE` = `S`) in the collection year. Flags the
//! episode when the child has no row in PrevPerm, when `PREV_PERM` is blank, or when it names an earlier
//! arrangement (anything but `Z1`) without its date (`DATE_PERM`) or authority (`LA_PERM`).
//!
//! # Why it matters
//! How many children come back into care from adoption or guardianship is published from these answers.
//!
//! # How to put it right
//! Enter the earlier arrangement with its date and authority, or `Z1` if there was none.
//!
//! # Example
//! `RNE` = `S` on 12/06/2025, and PrevPerm has `PREV_PERM` = `P1` with no `DATE_PERM`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "630",
    title: "The child started to be looked after, but earlier permanence is not answered.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE"],
        tables: &[Episodes, PrevPerm],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let incomplete = |row: Row<'_, PrevPermRow>| {
        row.prev_perm.is_blank()
            || !row.prev_perm.is("Z1") && (row.la_perm.is_blank() || row.date_perm.is_blank())
    };
    let started = |e: &Row<'_, EpisodeRow>| e.starts_care() && on_or_after(e.decom.value(), ctx.start);
    for episode in child.episodes().iter().filter(started) {
        let answers = child.prev_perm();
        out.flag_if(answers.is_empty() || answers.iter().any(incomplete), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_answer_or_half_of_one() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,01/04/2025,S\n2,12/06/2025,S\n3,12/06/2025,S\n4,12/06/2025,S\n",
            )
            .with(PrevPerm, "CHILD,PREV_PERM,LA_PERM,DATE_PERM\n2,,,\n3,P1,352,\n4,P2,,01/02/2019\n")
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn answered_or_not_new() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,31/03/2025,S\n2,12/06/2025,S\n3,12/06/2025,S\n4,12/06/2025,L\n",
            )
            .with(PrevPerm, "CHILD,PREV_PERM,LA_PERM,DATE_PERM\n2,Z1,,\n3,P1,352,ZZ/ZZ/2019\n")
            .clean();
    }
}
