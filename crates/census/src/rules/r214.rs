//! # What it does
//! Flags an episode of an agreed series of short-term breaks (`LS` = `V3` or `V4`) in which the postcode of the
//! placement (`PL_POST`) or the number of the provider (`URN`) is filled in.
//!
//! # Why it matters
//! Where a short break takes place is not collected. The child lives at home.
//!
//! # How to put it right
//! Empty both cells. If the child does not live at home, the legal status is wrong.
//!
//! # Example
//! `LS` = `V4` with `URN` = `SC400001`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "214",
    title: "A short-break episode has the postcode or provider number of a placement.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_POST", "URN"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::is_short_term) {
        out.flag_if(!episode.pl_post.is_blank() || !episode.urn.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_postcode_or_a_number() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_POST,URN\n1,V3,TN24 9WZ,\n2,V4,,SC400001\n3,V4,,\n4,V3,,XXXXXXX\n")
            .flags(&[(Episodes, &[0, 1, 3])]);
    }

    #[test]
    fn other_legal_statuses_have_them() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_POST,URN\n1,C2,TN24 9WZ,SC400001\n2,,TN24 9WZ,\n")
            .clean();
    }
}
