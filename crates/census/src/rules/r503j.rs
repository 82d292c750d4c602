//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when its placement
//! was inside the authority's area and is now outside, or the other way round is another.
//!
//! # Why it matters
//! The two rows are of the same placement. If they differ, a postcode was changed in between, and one of the two
//! returns is wrong.
//!
//! # How to put it right
//! Compare the postcode of the placement with last year's return, and correct it. If the child moved, close the old
//! episode and open a new one on the day of the move.
//!
//! # Example
//! Last year the open episode was `OUT`; this year the same episode is `IN`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503J",
    title: "The placement is inside or outside the authority's area, and last year it was the other way round.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LOCATION"],
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
    out.flag_if(last.is_open() && last.pl_location() != first.pl_location(), &first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn it_is_another_or_was_blank() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PL_LOCATION\n1,01/02/2025,,OUT\n2,01/02/2025,,\n")
            .with(Episodes, "CHILD,DECOM,PL_LOCATION\n1,01/07/2025,OUT\n1,01/02/2025,IN\n2,01/02/2025,IN\n")
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn it_is_the_same_or_the_old_episode_was_closed() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PL_LOCATION\n1,01/02/2025,,OUT\n2,01/02/2025,03/02/2025,OUT\n")
            .with(Episodes, "CHILD,DECOM,PL_LOCATION\n1,01/02/2025,OUT\n2,01/07/2025,IN\n3,01/07/2025,IN\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
