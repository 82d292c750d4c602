//! # What it does
//! Flags an episode in which the postcodes of the child's home (`HOME_POST`) and of the placement (`PL_POST`) are
//! the same, unless the child is placed with parents (`PLACE` = `P1`). Spaces do not matter.
//!
//! # Why it matters
//! The distance from home comes out as nothing, and the placement looks like one at home.
//!
//! # How to put it right
//! Find out which of the two is wrong: often the child's record shows the foster carers' address as home. If the
//! child lives with the parents, the placement is `P1`.
//!
//! # Example
//! `HOME_POST` and `PL_POST` both `TN24 9WZ`, with `PLACE` = `U6`.

use crate::check::plain_postcode;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "392d",
    title: "The child is placed at the home postcode, but not with parents.",
    versions: &[Version {
        from: 2023,
        fields: &["HOME_POST", "PL_POST", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.home_post.is_blank() && !e.place.is("P1")) {
        let home = plain_postcode(episode.home_post.raw());
        out.flag_if(home == plain_postcode(episode.pl_post.raw()), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_same_however_spaced() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,PLACE,HOME_POST,PL_POST\n1,U6,TN24 9WZ,TN24 9WZ\n2,,TN249WZ,tn24 9wz\n3,P1,TN24 9WZ,TN24 9WZ\n",
            )
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn another_or_none() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,PLACE,HOME_POST,PL_POST\n1,U6,TN24 9WZ,ME1 1AA\n2,U6,,\n3,U6,TN24 9WZ,\n")
            .clean();
    }
}
