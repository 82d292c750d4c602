//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the authority of
//! the placement (`PL_LA`) is another. It is worked out from the placement's postcode.
//!
//! # Why it matters
//! The two rows are of the same placement, and a home does not move to another authority. One of the postcodes is
//! wrong.
//!
//! # How to put it right
//! Compare the placement postcode with last year's return, and correct the one that is wrong.
//!
//! # Example
//! Last year the open episode was in Kent (`E10000016`); this year the same episode is in Medway (`E06000035`).

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "452",
    title: "The authority of the placement differs from last year's for the same placement.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LA"],
        tables: &[Episodes],
        last: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.pl_la() != first.pl_la(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_authority_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,PL_LA\n1,01/02/2025,E10000016\n2,01/02/2025,WAL\n")
            .with(
                Episodes,
                "CHILD,DECOM,PL_LA\n1,01/06/2025,E10000016\n1,01/02/2025,E06000035\n2,01/02/2025,\n",
            )
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(
                Episodes,
                "CHILD,DECOM,DEC,PL_LA\n1,01/02/2025,,WAL\n2,01/02/2025,03/02/2025,WAL\n4,01/02/2025,,\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM,PL_LA\n1,01/02/2025,WAL\n2,01/06/2025,SCO\n3,01/06/2025,SCO\n4,01/02/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
