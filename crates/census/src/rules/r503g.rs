//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the distance from
//! home (`PL_DISTANCE`) is another, or is known in one of the years only.
//!
//! # Why it matters
//! The two rows are of the same placement. A distance that changed means that one of the postcodes did.
//!
//! # How to put it right
//! Compare the home and placement postcodes with last year's return, and correct the one that is wrong.
//!
//! # Example
//! Last year the open episode was 12.4 miles from home; this year the same episode is 85.0 miles away.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503G",
    title: "The distance from home of the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_DISTANCE"],
        tables: &[Episodes],
        last: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.pl_distance() != first.pl_distance(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_distance_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,PL_DISTANCE\n1,01/02/2025,12.4\n2,01/02/2025,\n3,01/02/2025,7\n")
            .with(Episodes, "CHILD,DECOM,PL_DISTANCE\n1,01/06/2025,12.4\n1,01/02/2025,85\n2,01/02/2025,7\n3,01/02/2025,\n")
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_however_written_or_another_stay() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PL_DISTANCE\n1,01/02/2025,,12.0\n2,01/02/2025,03/02/2025,1\n4,01/02/2025,,\n")
            .with(Episodes, "CHILD,DECOM,PL_DISTANCE\n1,01/02/2025,12\n2,01/06/2025,85\n3,01/06/2025,85\n4,01/02/2025,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
