//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the kind of
//! provider (`PLACE_PROVIDER`) is another.
//!
//! # Why it matters
//! The two rows are of the same placement, and who provides it decides how it is counted and paid for.
//!
//! # How to put it right
//! If the child moved, add the episode that is missing. Otherwise correct this year's row; if last year's was wrong,
//! tell the department.
//!
//! # Example
//! Last year the open episode had `PLACE_PROVIDER` = `PR1`; this year it has `PR4`.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503E",
    title: "The kind of provider of the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE_PROVIDER"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.place_provider.raw() != first.place_provider.raw(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,PLACE_PROVIDER\n1,01/02/2025,PR1\n2,01/02/2025,\n3,01/02/2025,PR1\n")
            .with(Episodes, "CHILD,DECOM,PLACE_PROVIDER\n1,01/06/2025,PR1\n1,01/02/2025,PR4\n2,01/02/2025,PR1\n3,01/02/2025,\n")
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,PLACE_PROVIDER\n1,01/02/2025,,PR1\n2,01/02/2025,03/02/2025,PR1\n4,01/02/2025,,\n")
            .with(Episodes, "CHILD,DECOM,PLACE_PROVIDER\n1,01/02/2025,PR1\n2,01/02/2025,PR4\n3,01/02/2025,PR4\n4,01/02/2025,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
