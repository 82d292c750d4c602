//! # What it does
//! Flags a child with episodes this year whose answer to “is she a mother?” was `1` last year and is not `1` now.
//!
//! # Why it matters
//! Once a mother, always a mother in this return, even if her child does not live with her.
//!
//! # How to put it right
//! Enter `1`, or correct the record if last year's answer was wrong.
//!
//! # Example
//! Last year `MOTHER` = `1`; this year it is blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "207",
    title: "The child was a mother last year and is none this year.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER"],
        tables: &[Episodes, Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.episodes().is_empty() {
        return;
    }
    let was = child.last().headers().iter().any(|last| last.mother.value() == Some(true));
    out.flag_all(child.headers().iter().filter(|row| was && row.mother.value() != Some(true)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_mother_no_more() {
        let episodes = "CHILD,DECOM\n1,01/04/2025\n2,01/04/2025\n3,01/04/2025\n";
        case(&RULE, 2026)
            .with(Header, "CHILD,MOTHER\n1,0\n2,\n3,2\n")
            .last(Header, "CHILD,MOTHER\n1,1\n2,1\n3,1\n")
            .with(Episodes, episodes)
            .flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn still_or_newly_or_without_an_episode() {
        let episodes = "CHILD,DECOM\n1,01/04/2025\n2,01/04/2025\n3,01/04/2025\n";
        case(&RULE, 2026)
            .with(Header, "CHILD,MOTHER\n1,1\n2,1\n3,\n4,\n")
            .last(Header, "CHILD,MOTHER\n1,1\n2,0\n3,0\n4,1\n")
            .with(Episodes, episodes)
            .clean();
    }
}
