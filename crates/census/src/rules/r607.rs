//! # What it does
//! Looks at girls (`SEX` = `2` until 2023-24, `F` from 2024-25) who stopped being looked after within the
//! collection year. If `MOTHER` is blank, flags the row of Header and the episode that ended. Agreed short breaks
//! (`LS` = `V3` or `V4`) do not count.
//!
//! # Why it matters
//! How many girls in care have children of their own is published. A blank is no answer.
//!
//! # How to put it right
//! Enter `1` if she has a child, or `0`.
//!
//! # Example
//! An episode ended on 12/11/2025 with `REC` = `E4A`; `SEX` = `F` and `MOTHER` is blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "607",
    title: "A girl left care in the year, and nobody said whether she is a mother.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2024),
            fields: &["DEC", "REC", "MOTHER", "LS", "SEX"],
            tables: &[Episodes, Header],
            ..Version::child(check)
        },
        Version {
            from: 2025,
            fields: &["DEC", "REC", "MOTHER", "LS", "SEX"],
            tables: &[Episodes, Header],
            ..Version::child(check)
        },
    ],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let girl = if ctx.year <= 2024 { "2" } else { "F" };
    for header in child.headers().iter().filter(|h| h.sex.is(girl) && h.mother.is_blank()) {
        for episode in child.episodes().iter().filter(|e| e.ends_care() && !e.is_short_term()) {
            if episode.dec.value().is_some_and(|dec| ctx.holds(dec)) {
                out.flag(&header);
                out.flag(&episode);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_girl_left_and_there_is_no_answer() {
        let episodes = "CHILD,DEC,REC,LS\n1,12/11/2025,E4A,C2\n2,31/03/2026,E3,V2\n";
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MOTHER\n1,F,\n2,2,\n")
            .with(Episodes, episodes)
            .flags(&[(Header, &[0]), (Episodes, &[0])]);
        case(&RULE, 2024)
            .with(Header, "CHILD,SEX,MOTHER\n1,F,\n2,2,\n")
            .with(Episodes, "CHILD,DEC,REC,LS\n1,12/11/2023,E4A,C2\n2,31/03/2024,E3,V2\n")
            .flags(&[(Header, &[1]), (Episodes, &[1])]);
    }

    #[test]
    fn answered_or_a_boy_or_still_here_or_short_breaks() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MOTHER\n1,F,0\n2,M,\n3,F,\n4,F,\n5,F,\n")
            .with(
                Episodes,
                "CHILD,DEC,REC,LS\n1,12/11/2025,E4A,C2\n2,12/11/2025,E4A,C2\n3,12/11/2025,X1,C2\n\
                 4,12/11/2025,E4A,V4\n5,12/11/2024,E4A,C2\n",
            )
            .clean();
    }
}
