//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when its distance from
//! home is another.
//!
//! # Why it matters
//! The two rows are of the same placement. A distance that changed means that one of the postcodes did.
//!
//! # How to put it right
//! Compare the home and placement postcodes with last year's return, and correct the one that is wrong.
//!
//! # Example
//! Last year the open episode was 12.4 miles from home; this year the same episode is 85.0 miles away.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "453",
    title: "The distance from home differs from last year's for the same placement.",
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
    let (Some(last), Some(first)) = (child.last().episodes().last(), child.episodes().first()) else {
        return;
    };
    out.flag_if(last.is_open() && last.pl_distance() != first.pl_distance(), &first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_distance_has_changed() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PL_DISTANCE\n1,01/02/2025,,12.4\n2,01/02/2025,,\n")
            .with(Episodes, "CHILD,DECOM,PL_DISTANCE\n1,01/07/2025,7\n1,01/02/2025,85\n2,01/02/2025,85\n")
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn the_same_however_written_or_another_stay() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PL_DISTANCE\n1,01/02/2025,,12.0\n2,01/02/2025,03/02/2025,1\n")
            .with(Episodes, "CHILD,DECOM,PL_DISTANCE\n1,01/02/2025,12\n2,01/07/2025,85\n3,01/07/2025,85\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
