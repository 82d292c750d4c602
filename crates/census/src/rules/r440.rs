//! # What it does
//! Flags a review on or after the child's fourth birthday whose participation code says that the child was under 4
//! (`REVIEW_CODE` = `PN0`).
//!
//! # Why it matters
//! From the age of 4 it is recorded how the child took part. The child's voice in this review is not counted.
//!
//! # How to put it right
//! Enter how the child took part (`PN1` to `PN7`), or correct the date of birth or of the review.
//!
//! # Example
//! `DOB` = 12/11/2021, `REVIEW` = 12/11/2025, `REVIEW_CODE` = `PN0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "440",
    title: "The review says that the child was under 4, but the child was not.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "REVIEW", "REVIEW_CODE"],
        tables: &[Reviews],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for review in child.reviews().iter().filter(|r| r.review_code.is("PN0")) {
        let birthday = review.dob.value().map(|dob| dob.plus_years(4));
        out.flag_if(on_or_after(review.review.value(), birthday), &review);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn on_the_fourth_birthday() {
        case(&RULE, 2026)
            .with(
                Reviews,
                "CHILD,DOB,REVIEW,REVIEW_CODE\n1,12/11/2021,12/11/2025,PN0\n2,13/11/2021,12/11/2025,PN0\n3,01/01/2015,12/11/2025,PN3\n",
            )
            .flags(&[(Reviews, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Reviews, "CHILD,DOB,REVIEW,REVIEW_CODE\n1,,12/11/2025,PN0\n2,01/01/2015,,PN0\n")
            .clean();
    }
}
