//! # What it does
//! Flags a row of SWEpisodes with a blank in `SW_ID`, `SW_DECOM` or `SW_REASON`, if it started in the collection
//! year, in the year before or later, or has no start that can be read. Rows that started earlier are for rule
//! SW01aSTG1.
//!
//! # Why it matters
//! Who the child's social worker was, and how often that changed, is measured from these rows. A blank breaks the
//! chain.
//!
//! # How to put it right
//! Fill in what is blank from the record of the allocation.
//!
//! # Example
//! `SW_DECOM` = 12/06/2024 and `SW_ID` = `SW100001`, with nothing in `SW_REASON`.

use super::sw01astg1::first_day;
use super::sw01stg1::is_incomplete;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW01bSTG1",
    title: "A social worker row is not complete.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_DECOM", "SW_ID", "SW_REASON"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        out.flag_if(is_incomplete(&row) && !before(row.sw_decom.value(), first_day(ctx)), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn something_is_blank() {
        case(&RULE, 2025)
            .with(
                SwEpisodes,
                "CHILD,SW_ID,SW_DECOM,SW_REASON\n1,,01/04/2023,OTHERS\n2,SW1,,OTHERS\n3,SW1,12/06/2024,\n",
            )
            .flags(&[(SwEpisodes, &[0, 1, 2])]);
    }

    #[test]
    fn complete_or_older() {
        case(&RULE, 2025)
            .with(SwEpisodes, "CHILD,SW_ID,SW_DECOM,SW_REASON\n1,SW1,01/04/2023,OTHERS\n2,,31/03/2023,\n")
            .clean();
    }
}
