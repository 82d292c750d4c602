//! # What it does
//! Looks at children all of whose episodes are agreed short breaks (`LS` = `V3` or `V4`). If `MOTHER` in Header, or
//! `REVIEW` or `REVIEW_CODE` in Reviews, is filled in for such a child, that row and all the episodes are flagged.
//!
//! # Why it matters
//! These answers are collected for children in care, not for those who live at home and have short breaks.
//!
//! # How to put it right
//! Empty the cells and take the review out of the return. If the child was in care, correct the legal status.
//!
//! # Example
//! All episodes have `LS` = `V4`, and Reviews has `REVIEW` = 12/11/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "399",
    title: "A child on short breaks only has reviews, or an answer on being a mother.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER", "LS", "REVIEW", "REVIEW_CODE"],
        tables: &[Episodes, Header, Reviews],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let episodes = child.episodes();
    if episodes.is_empty() || !episodes.iter().all(|e| e.is_short_term()) {
        return;
    }
    let headers = || child.headers().iter().filter(|h| !h.mother.is_blank());
    let reviews = || child.reviews().iter().filter(|r| !(r.review.is_blank() && r.review_code.is_blank()));
    if headers().next().is_some() || reviews().next().is_some() {
        out.flag_all(episodes);
        out.flag_all(headers());
        out.flag_all(reviews());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn answers_that_are_not_asked() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS\n1,V3\n1,V4\n2,V4\n3,V4\n3,C2\n")
            .with(Header, "CHILD,MOTHER\n1,0\n2,\n3,1\n")
            .with(Reviews, "CHILD,REVIEW,REVIEW_CODE\n2,,PN3\n2,,\n3,12/11/2025,PN1\n")
            .flags(&[(Episodes, &[0, 1, 2]), (Header, &[0]), (Reviews, &[0])]);
    }

    #[test]
    fn no_answer_or_no_episode() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS\n1,V3\n")
            .with(Header, "CHILD,MOTHER\n1,\n2,1\n")
            .with(Reviews, "CHILD,REVIEW,REVIEW_CODE\n1,,\n2,12/11/2025,PN1\n")
            .clean();
    }
}
