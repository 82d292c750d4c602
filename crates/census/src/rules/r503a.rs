//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the reason for
//! the new episode (`RNE`) is another.
//!
//! # Why it matters
//! The two rows are of the same episode. Moves and starts of care are counted from the reason, so it must not change
//! afterwards.
//!
//! # How to put it right
//! Compare the child's record with last year's return, and correct this year's. If last year's was wrong, tell the
//! department.
//!
//! # Example
//! Last year the open episode had `RNE` = `S`; this year it has `L`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503A",
    title: "The reason for the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["RNE"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.rne.raw() != first.rne.raw(), &first);
    }
}

/// Last year's last episode, if it was open, and this year's first: two rows of one episode.
pub(super) fn open_to_first<'a>(child: &Child<'a>) -> Option<(Row<'a, EpisodeRow>, Row<'a, EpisodeRow>)> {
    let last = child.last().episodes().last().filter(Row::is_open)?;
    Some((last, child.episodes().first()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,RNE\n1,01/02/2025,S\n2,01/02/2025,\n3,01/02/2025,S\n")
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,01/06/2025,S\n1,01/02/2025,L\n2,01/02/2025,S\n3,01/02/2025,\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(
                Episodes,
                "CHILD,DECOM,DEC,RNE\n1,01/02/2025,,S\n2,01/02/2025,03/02/2025,S\n4,01/02/2025,,\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,01/02/2025,s\n2,01/02/2025,L\n3,01/02/2025,L\n4,01/02/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
