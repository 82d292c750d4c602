//! # What it does
//! Flags a girl (`SEX` = `2` until 2023-24, `F` from 2024-25) without an answer in `MOTHER`, if any of her episodes
//! is other than a short break (`V3` or `V4`).
//!
//! # Why it matters
//! How many girls in care are mothers is published. A blank is counted neither as yes nor as no.
//!
//! # How to put it right
//! Enter `1` if she has a child, otherwise `0`.
//!
//! # Example
//! `SEX` = `F` with nothing in `MOTHER`, and an episode under a care order.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "393",
    title: "Whether a girl in care is a mother is not filled in.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["MOTHER"],
            tables: &[Header, Episodes],
            ..Version::child(check)
        },
        Version { from: 2025, fields: &["MOTHER"], tables: &[Header, Episodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let female = if ctx.year <= 2024 { "2" } else { "F" };
    for header in child.headers().iter().filter(|h| h.sex.is(female) && h.mother.is_blank()) {
        out.flag_if(child.episodes().iter().any(|e| !e.is_short_term()), &header);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn girls_without_an_answer() {
        let headers = "CHILD,SEX,MOTHER\n1,2,\n2,F,\n3,M,\n4,1,\n5,F,0\n6,2,1\n";
        let episodes = "CHILD,LS\n1,C2\n2,V3\n2,\n3,C2\n4,C2\n5,C2\n6,C2\n";
        case(&RULE, 2024).with(Header, headers).with(Episodes, episodes).flags(&[(Header, &[0])]);
        case(&RULE, 2025).with(Header, headers).with(Episodes, episodes).flags(&[(Header, &[1])]);
    }

    #[test]
    fn short_breaks_only_or_no_episode() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MOTHER\n1,F,\n2,F,\n")
            .with(Episodes, "CHILD,LS\n1,V3\n1,V4\n")
            .clean();
    }
}
