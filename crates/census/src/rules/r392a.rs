//! # What it does
//! Flags an episode without a distance from home (`PL_DISTANCE`). It is worked out from the two postcodes, so one of
//! them is missing or not in the directory.
//!
//! Short breaks (`LS` = `V3` or `V4`) are left out, and so are children who are or were unaccompanied and seeking
//! asylum, as far as this year's and last year's returns tell.
//!
//! # Why it matters
//! How far from home children live is watched closely. A child without a distance drops out of that figure.
//!
//! # How to put it right
//! Enter or correct the home and placement postcodes. If the child came to England unaccompanied, add the row in
//! UASC.
//!
//! # Example
//! `HOME_POST` = `TN24 9WZ` and `PL_POST` blank, for a child under a care order.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "392a",
    title: "The distance from home is not known for a child in care.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_DISTANCE"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if ever_unaccompanied(child) {
        return;
    }
    for episode in child.episodes() {
        out.flag_if(episode.pl_distance().is_none() && !episode.is_short_term(), &episode);
    }
}

/// Whether the child is, or was, unaccompanied and seeking asylum, as far as this year's and last year's returns tell.
pub(super) fn ever_unaccompanied(child: &Child<'_>) -> bool {
    let said =
        |year: &ChildYear<'_>| !year.uasc().is_empty() || year.headers().iter().any(|h| h.uasc() == "1");
    said(child) || said(&child.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_distance() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_DISTANCE\n1,C2,\n2,,\n3,C2,12.4\n4,V3,\n4,V4,\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn unaccompanied_now_or_once() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_DISTANCE\n1,C2,\n2,C2,\n3,C2,\n4,C2,\n5,C2,\n")
            .with(Header, "CHILD,UASC\n1,1\n2,0\n5,0\n")
            .with(Uasc, "CHILD\n2\n")
            .last(Header, "CHILD,UASC\n3,1\n5,0\n")
            .last(Uasc, "CHILD\n4\n")
            .flags(&[(Episodes, &[4])]);
    }
}
