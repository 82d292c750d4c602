//! # What it does
//! Flags an episode whose distance from home is below 0 or above 999.9 miles. Agreed series of short-term
//! placements are left out, and so are children who are, or were last year, unaccompanied and seeking asylum.
//!
//! # Why it matters
//! Children placed far from home are counted by this distance. One that cannot be comes from a wrong postcode.
//!
//! # How to put it right
//! Check the postcodes of the home and of the placement; the distance follows from them.
//!
//! # Example
//! `PL_DISTANCE` = 1380.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "164",
    title: "The distance from home is not a possible one.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_DISTANCE"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let mut far = child.episodes().iter().filter(|e| !e.is_short_term()).filter(impossible).peekable();
    if far.peek().is_none() {
        return;
    }
    let headers = child.headers().iter().chain(child.last().headers());
    let unaccompanied = headers.into_iter().any(|header| header.uasc() == "1")
        || child.last().uasc().iter().any(|row| !row.duc.is_blank());
    if !unaccompanied {
        out.flag_all(far);
    }
}

fn impossible(episode: &Row<'_, EpisodeRow>) -> bool {
    episode.pl_distance().is_some_and(|miles| !(0.0..=999.9).contains(&miles))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn too_far_or_less_than_nothing() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_DISTANCE\n1,C2,1000\n2,C2,-2\n3,C2,999.9\n4,C2,\n5,V4,1000\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn unaccompanied_this_year_or_last() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_DISTANCE\n1,C2,1380\n2,C2,1380\n3,C2,1380\n")
            .with(Header, "CHILD,UASC\n1,1\n2,0\n3,0\n")
            .last(Header, "CHILD,UASC\n2,1\n")
            .last(Uasc, "CHILD,DUC\n3,04/05/2024\n")
            .clean();
    }
}
