//! # What it does
//! Flags an episode with a distance from home (`PL_DISTANCE`) of a child who is or was unaccompanied and seeking
//! asylum, as far as this year's and last year's returns tell.
//!
//! # Why it matters
//! These children have no home in this country that a distance could be measured from.
//!
//! # How to put it right
//! Empty `HOME_POST`. If the child did not come to England unaccompanied, take the row out of UASC.
//!
//! # Example
//! A child with a row in UASC has `HOME_POST` = `TN24 9WZ` and `PL_POST` = `ME1 1AA`.

use super::r392a::ever_unaccompanied;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "406",
    title: "A distance from home is given for an unaccompanied child seeking asylum.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_DISTANCE"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.pl_distance().is_some()) {
        out.flag_if(ever_unaccompanied(child), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn unaccompanied_now_or_once() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PL_DISTANCE\n1,12.4\n2,0.0\n3,12.4\n4,12.4\n5,12.4\n")
            .with(Header, "CHILD,UASC\n1,1\n2,0\n5,0\n")
            .with(Uasc, "CHILD\n2\n")
            .last(Header, "CHILD,UASC\n3,1\n")
            .last(Uasc, "CHILD\n4\n")
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn no_distance_or_nothing_known() {
        case(&RULE, 2026).with(Episodes, "CHILD,PL_DISTANCE\n1,\n2,12.4\n").with(Uasc, "CHILD\n1\n").clean();
    }
}
