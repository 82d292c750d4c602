//! # What it does
//! Flags a review before the child's fourth birthday whose participation code is for older children (`REVIEW_CODE` =
//! `PN1` to `PN7`).
//!
//! # Why it matters
//! Children under 4 are left out when it is counted how many took part in their reviews.
//!
//! # How to put it right
//! Enter `PN0`, or correct the date of birth or of the review.
//!
//! # Example
//! `DOB` = 13/11/2021, `REVIEW` = 12/11/2025, `REVIEW_CODE` = `PN3`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "441",
    title: "The review says how the child took part, but the child was under 4.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "REVIEW", "REVIEW_CODE"],
        tables: &[Reviews],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let codes = ["PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"];
    for review in child.reviews().iter().filter(|r| r.review_code.is_any(&codes)) {
        let birthday = review.dob.value().map(|dob| dob.plus_years(4));
        out.flag_if(before(review.review.value(), birthday), &review);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_fourth_birthday() {
        case(&RULE, 2026)
            .with(
                Reviews,
                "CHILD,DOB,REVIEW,REVIEW_CODE\n1,13/11/2021,12/11/2025,PN1\n2,12/11/2021,12/11/2025,PN7\n3,01/01/2024,12/11/2025,PN7\n",
            )
            .flags(&[(Reviews, &[0, 2])]);
    }

    #[test]
    fn the_code_for_the_young_or_a_date_is_missing() {
        case(&RULE, 2026)
            .with(
                Reviews,
                "CHILD,DOB,REVIEW,REVIEW_CODE\n1,01/01/2024,12/11/2025,PN0\n2,,12/11/2025,PN1\n3,01/01/2024,,PN1\n",
            )
            .clean();
    }
}
