//! # What it does
//! For a child whose last episode of last year was open, flags the first episode of this year when the provider
//! number (`URN`) is another.
//!
//! # Why it matters
//! The two rows are of the same placement. Another number means another home or agency, and that opens a new
//! episode.
//!
//! # How to put it right
//! If the child moved, add the episode that is missing. Otherwise correct this year's row; if last
//! year's was wrong, tell the department.
//!
//! # Example
//! Last year the open episode had `URN` = `SC400001`; this year it has `SC400002`.

use super::r503a::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "503F",
    title: "The provider number of the first episode is not that of last year's open episode.",
    versions: &[Version {
        from: 2023,
        fields: &["URN"],
        tables: &[Episodes],
        last: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.urn.raw() != first.urn.raw(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year_or_none() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,URN\n1,01/02/2025,SC400001\n2,01/02/2025,\n3,01/02/2025,SC400001\n")
            .with(Episodes, "CHILD,DECOM,URN\n1,01/06/2025,SC400001\n1,01/02/2025,SC400002\n2,01/02/2025,SC400001\n3,01/02/2025,\n")
            .flags(&[(Episodes, &[1, 2, 3])]);
    }

    #[test]
    fn the_same_or_another_stay() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,URN\n1,01/02/2025,,SC400001\n2,01/02/2025,03/02/2025,SC400001\n4,01/02/2025,,\n")
            .with(Episodes, "CHILD,DECOM,URN\n1,01/02/2025,SC400001\n2,01/02/2025,SC400002\n3,01/02/2025,SC400002\n4,01/02/2025,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM\n1,01/02/2025\n").not_run("last year");
    }
}
