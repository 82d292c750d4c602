//! # What it does
//! Flags an episode in which the postcode of the child's home (`HOME_POST`) or of the placement (`PL_POST`) is
//! blank.
//!
//! Short breaks (`LS` = `V3` or `V4`) are left out, and so are children who are or were unaccompanied and seeking
//! asylum, as far as this year's and last year's returns tell.
//!
//! # Why it matters
//! Without both postcodes the distance from home, and whether the child is in the authority's own area, cannot be
//! worked out.
//!
//! # How to put it right
//! Enter the postcode. If the child came to England unaccompanied, add the row in UASC.
//!
//! # Example
//! `HOME_POST` = `TN24 9WZ` and `PL_POST` blank, for a child under a care order.

use super::r392a::ever_unaccompanied;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "392b",
    title: "A home or placement postcode is missing for a child in care.",
    versions: &[Version {
        from: 2023,
        fields: &["HOME_POST", "PL_POST"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if ever_unaccompanied(child) {
        return;
    }
    for episode in child.episodes() {
        let missing = episode.home_post.is_blank() || episode.pl_post.is_blank();
        out.flag_if(missing && !episode.is_short_term(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_postcode_or_both_are_missing() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,LS,HOME_POST,PL_POST\n1,C2,TN24 9WZ,\n2,,,TN24 9WZ\n3,C2,,\n4,C2,TN24 9WZ,ME1 1AA\n5,V4,,\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn unaccompanied_now_or_once() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_POST\n1,C2,\n2,C2,\n3,C2,\n")
            .with(Header, "CHILD,UASC\n1,1\n2,0\n")
            .with(Uasc, "CHILD\n2\n")
            .last(Uasc, "CHILD\n3\n")
            .clean();
    }
}
