//! # What it does
//! Flags an episode in which the postcode of the child's home (`HOME_POST`) or of the placement (`PL_POST`) is
//! filled in but not in the postcode directory. Spaces do not matter. Where no directory is loaded, only the form is
//! looked at.
//!
//! # Why it matters
//! From a postcode that does not exist neither the distance nor the authority of the placement can be worked out.
//!
//! # How to put it right
//! Correct the postcode. If it is newer than the directory, load a later one.
//!
//! # Example
//! `PL_POST` = `TN24 9W`: the last letter is missing.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "392c",
    title: "A home or placement postcode is not a real one.",
    versions: &[Version {
        from: 2023,
        fields: &["HOME_POST", "PL_POST"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let home = episode.home_post.is_blank() || episode.home_post_is_real();
        let placed = episode.pl_post.is_blank() || episode.pl_post_is_real();
        out.flag_if(!(home && placed), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn either_is_not_a_postcode() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,HOME_POST,PL_POST\n1,TN24 9W,\n2,TN24 9WZ,invalid\n3,tn249wz,TN24 9WZ\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn none_is_no_matter_for_this_rule() {
        case(&RULE, 2026).with(Episodes, "CHILD,HOME_POST,PL_POST\n1,,\n2,,TN24 9WZ\n").clean();
    }
}
