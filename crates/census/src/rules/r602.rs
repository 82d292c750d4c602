//! # What it does
//! Flags a row of AD1 with any answer when none of the child's episodes ended within the collection year with an
//! adoption (`REC` = `E11` or `E12`).
//!
//! # Why it matters
//! Either an adoption is missing from the episodes, and the child is counted as still in care, or the details
//! belong to another child or year.
//!
//! # How to put it right
//! If the child was adopted, correct the end of the last episode. If not, take the row out of AD1.
//!
//! # Example
//! AD1 has `DATE_MATCH` = 03/06/2025; the child's only episode is open.

use super::r601::{answers, ends_in_adoption};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "602",
    title: "Adoption details are given, but the episodes show no adoption in the year.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    if child.ad1().is_empty() || child.episodes().iter().any(|e| ends_in_adoption(&e, ctx)) {
        return;
    }
    out.flag_all(child.ad1().iter().filter(|row| answers(row).contains(&true)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_answer_without_an_adoption() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,,\n2,14/09/2025,E4A\n3,31/03/2025,E11\n")
            .with(Ad1, "CHILD,NB_ADOPTR,SEX_ADOPTR\n1,1,\n2,,MF\n3,2,\n4,2,\n")
            .flags(&[(Ad1, &[0, 1, 2, 3])]);
    }

    #[test]
    fn adopted_or_nothing_written() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,01/04/2025,E11\n2,,\n")
            .with(Ad1, "CHILD,NB_ADOPTR\n1,1\n2,\n")
            .clean();
    }
}
