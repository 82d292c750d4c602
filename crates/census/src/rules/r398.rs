//! # What it does
//! Flags an episode of an agreed series of short breaks (`LS` = `V3` or `V4`) in which the postcode of the child's
//! home (`HOME_POST`) or of the placement (`PL_POST`) is filled in.
//!
//! # Why it matters
//! The distance from home is not collected for short breaks: the child lives at home.
//!
//! # How to put it right
//! Empty both cells. If the child does not live at home, the legal status is wrong.
//!
//! # Example
//! `LS` = `V4` with `HOME_POST` = `TN24 9WZ`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "398",
    title: "A postcode is filled in for a short break.",
    versions: &[Version {
        from: 2023,
        fields: &["LS", "HOME_POST", "PL_POST"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::is_short_term) {
        out.flag_if(!(episode.home_post.is_blank() && episode.pl_post.is_blank()), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_postcode_or_both() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,LS,HOME_POST,PL_POST\n1,V3,TN24 9WZ,\n2,V4,,TN24 9WZ\n3,V4,TN24 9WZ,ME1 1AA\n4,V4,,\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn other_legal_statuses_have_them() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,HOME_POST\n1,C2,TN24 9WZ\n2,,TN24 9WZ\n").clean();
    }
}
