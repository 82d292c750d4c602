//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the category of
//! need (`CIN`) is another.
//!
//! # Why it matters
//! The category is the reason why the child came into care. It is settled at the start and stays the same for as
//! long as care goes on.
//!
//! # How to put it right
//! Correct this year's row. If last year's was wrong, tell the department.
//!
//! # Example
//! Last year the open episode had `CIN` = `N1`; this year it has `N5`.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503C",
    title: "The category of need of the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["CIN"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.cin.raw() != first.cin.raw(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,CIN\n1,01/02/2025,N1\n2,01/02/2025,\n3,01/02/2025,N1\n")
            .with(
                Episodes,
                "CHILD,DECOM,CIN\n1,01/06/2025,N1\n1,01/02/2025,N5\n2,01/02/2025,N1\n3,01/02/2025,\n",
            )
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(
                Episodes,
                "CHILD,DECOM,DEC,CIN\n1,01/02/2025,,N1\n2,01/02/2025,03/02/2025,N1\n4,01/02/2025,,\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM,CIN\n1,01/02/2025,N1\n2,01/02/2025,N5\n3,01/02/2025,N5\n4,01/02/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
