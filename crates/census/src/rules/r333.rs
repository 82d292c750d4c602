//! # What it does
//! Flags an adoption when the decision that the child should be placed for adoption (`DATE_INT`) is later than the
//! match with the adopters (`DATE_MATCH`), or when there is a match and no decision.
//!
//! # Why it matters
//! Nobody may be matched before the decision is taken. The time from decision to match is published.
//!
//! # How to put it right
//! Take the decision from the agency decision maker's record, and the match from the panel's.
//!
//! # Example
//! `DATE_INT` = 03/06/2025 and `DATE_MATCH` = 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "333",
    title: "The decision for adoption is later than the match, or missing.",
    versions: &[Version { from: 2023, fields: &["DATE_INT"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        let matched = row.date_match.value();
        let undecided = matched.is_some() && row.date_int.value().is_none();
        out.flag_if(undecided || after(row.date_int.value(), matched), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn decided_after_the_match_or_never() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_INT,DATE_MATCH\n1,02/06/2025,01/06/2025\n2,,01/06/2025\n")
            .flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn decided_in_time_or_not_matched() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_INT,DATE_MATCH\n1,01/06/2025,01/06/2025\n2,01/06/2025,\n3,,\n")
            .clean();
    }
}
