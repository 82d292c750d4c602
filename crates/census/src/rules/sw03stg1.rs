//! # What it does
//! Flags a row of SWEpisodes with a blank in `SW_ID`, `SW_DECOM` or `SW_REASON`. The end may be blank.
//!
//! # Why it matters
//! Who the child's social worker was, and how often that changed, is measured from these rows. A blank breaks the
//! chain.
//!
//! # How to put it right
//! Fill in what is blank from the record of the allocation.
//!
//! # Example
//! `SW_ID` = `SW100001` and `SW_DECOM` = 12/06/2023, with nothing in `SW_REASON`.

use super::sw01stg1::is_incomplete;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW03STG1",
    title: "A social worker row is not complete.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["SW_ID", "SW_DECOM", "SW_REASON"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.sw_episodes().iter().filter(|row| is_incomplete(row)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn something_is_blank() {
        case(&RULE, 2024)
            .with(
                SwEpisodes,
                "CHILD,SW_ID,SW_DECOM,SW_REASON\n1,,12/06/2023,OTHERS\n2,SW1,,OTHERS\n3,SW1,12/06/2023,\n",
            )
            .flags(&[(SwEpisodes, &[0, 1, 2])]);
    }

    #[test]
    fn complete_with_or_without_an_end() {
        case(&RULE, 2024)
            .with(SwEpisodes, "CHILD,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n1,SW1,12/06/2023,,OTHERS\n")
            .clean();
    }
}
