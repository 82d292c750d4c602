//! # What it does
//! Flags an episode whose distance from home (`PL_DISTANCE`) is more than 350 miles. Children who are or were
//! unaccompanied and seeking asylum, as far as this year's and last year's returns tell, are left out.
//!
//! # Why it matters
//! Hardly any child is placed so far away. Usually one of the postcodes is wrong, and one such row moves the
//! average.
//!
//! # How to put it right
//! Check the home and placement postcodes. If they are right, leave them and say why when the return is sent.
//!
//! # Example
//! The home is in Kingston upon Thames, and the placement postcode has `KW` (Kirkwall) where `KT` was meant.

use super::r392a::ever_unaccompanied;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "454",
    title: "The placement is more than 350 miles from home.",
    versions: &[Version {
        from: 2026,
        fields: &["PL_DISTANCE"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.pl_distance().is_some_and(|miles| miles > 350.0)) {
        out.flag_if(!ever_unaccompanied(child), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn more_than_350_miles() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PL_DISTANCE\n1,350.1\n2,350\n3,999.9\n4,\n")
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn unaccompanied_now_or_once() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PL_DISTANCE\n1,400\n2,400\n3,400\n")
            .with(Header, "CHILD,UASC\n1,1\n2,0\n")
            .with(Uasc, "CHILD\n2\n")
            .last(Uasc, "CHILD\n3\n")
            .clean();
    }
}
