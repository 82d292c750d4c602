//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the legal status
//! (`LS`) is another.
//!
//! # Why it matters
//! The two rows are of the same episode. A new legal status always opens a new episode.
//!
//! # How to put it right
//! If the legal status changed, add the episode that is missing. Otherwise correct this year's row; if last year's
//! was wrong, tell the department.
//!
//! # Example
//! Last year the open episode had `LS` = `C1`; this year it has `C2`.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503B",
    title: "The legal status of the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["LS"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.ls.raw() != first.ls.raw(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,LS\n1,01/02/2025,C1\n2,01/02/2025,\n3,01/02/2025,C1\n")
            .with(
                Episodes,
                "CHILD,DECOM,LS\n1,01/06/2025,C1\n1,01/02/2025,C2\n2,01/02/2025,C1\n3,01/02/2025,\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/02/2025,,C1\n2,01/02/2025,03/02/2025,C1\n4,01/02/2025,,\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM,LS\n1,01/02/2025,C1\n2,01/02/2025,C2\n3,01/02/2025,C2\n4,01/02/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
