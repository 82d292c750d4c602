//! # What it does
//! Flags a row of PrevPerm with any answer, and all the child's episodes, when every one of the episodes started
//! before 1 April 2016.
//!
//! # Why it matters
//! The question has been asked of children who came into care from 1 April 2016. Answers for others are not
//! expected.
//!
//! # How to put it right
//! Take the row out of PrevPerm. If the child came into care later, correct the start of the episode.
//!
//! # Example
//! `PREV_PERM` = `Z1`; the only episode started on 20/10/2014.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "634",
    title: "Earlier permanence is recorded for a child who has been in care since before April 2016.",
    versions: &[Version {
        from: 2023,
        fields: &["LA_PERM", "PREV_PERM", "DATE_PERM", "DECOM"],
        tables: &[Episodes, PrevPerm],
        ..Version::child(check)
    }],
};

/// From when the question has been asked.
const ASKED_FROM: Date = date(2016, 4, 1);

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let answered = |row: &Row<'_, PrevPermRow>| {
        !(row.prev_perm.is_blank() && row.la_perm.is_blank() && row.date_perm.is_blank())
    };
    let episodes = child.episodes();
    if episodes.is_empty() || !episodes.iter().all(|e| before(e.decom.value(), ASKED_FROM)) {
        return;
    }
    for row in child.prev_perm().iter().filter(answered) {
        out.flag(&row);
        out.flag_all(episodes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn in_care_since_before_it_was_asked() {
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,PREV_PERM,LA_PERM\n1,Z1,\n2,,352\n")
            .with(Episodes, "CHILD,DECOM\n1,31/03/2016\n2,20/10/2011\n2,20/10/2014\n")
            .flags(&[(PrevPerm, &[0, 1]), (Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn came_later_or_not_answered() {
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,PREV_PERM\n1,Z1\n2,\n3,Z1\n4,Z1\n")
            .with(Episodes, "CHILD,DECOM\n1,01/04/2016\n2,20/10/2011\n3,20/10/2011\n3,20/10/2020\n")
            .clean();
    }
}
