//! # What it does
//! Flags a row of Reviews whose code of participation is not `PN0` to `PN7`, or is blank beside a date of review,
//! or stands without one. A row in which both are blank is left to other rules.
//!
//! # Why it matters
//! Children have a right to be heard in their reviews. The code is how it is shown that they were.
//!
//! # How to put it right
//! Ask the reviewing officer how the child took part, and record it: `PN0` is for children under 4.
//!
//! # Example
//! `REVIEW` = 30/06/2025 with `REVIEW_CODE` = `PN8`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "167",
    title: "How the child took part in the review is missing or is not one of the codes.",
    versions: &[Version {
        from: 2023,
        fields: &["REVIEW_CODE"],
        tables: &[Reviews],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.reviews() {
        let both = !row.review.is_blank() && CodeList::ReviewCode.codes().contains(&row.review_code.raw());
        let neither = row.review.is_blank() && row.review_code.is_blank();
        out.flag_if(!both && !neither, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not_or_half_a_row() {
        case(&RULE, 2026)
            .with(Reviews, "CHILD,REVIEW,REVIEW_CODE\n1,30/06/2025,PN8\n2,30/06/2025,\n3,,PN1\n4,,X\n")
            .flags(&[(Reviews, &[0, 1, 2, 3])]);
    }

    #[test]
    fn both_or_neither() {
        case(&RULE, 2026)
            .with(Reviews, "CHILD,REVIEW,REVIEW_CODE\n1,30/06/2025,PN0\n2,30/06/2025,pn7\n3,,\n")
            .clean();
    }
}
