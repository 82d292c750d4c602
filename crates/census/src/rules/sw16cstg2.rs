//! # What it does
//! For a child whose last social worker row of last year was open, flags the first row of this year when the reason
//! (`SW_REASON`) is another. It was published for 2024-25 and withdrawn before it was asked.
//!
//! # Why it matters
//! The two rows are of the same social worker. It cannot have begun for two reasons.
//!
//! # How to put it right
//! Correct this year's row, or add the row that is missing. If last year's was wrong, tell the department.
//!
//! # Example
//! Last year the open row had `SW_REASON` = `MANAGE`; this year's first row has `OTHERS`.

use super::sw16astg2::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW16cSTG2",
    title: "The reason in the first social worker row is not that of last year's open row.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_REASON"],
        tables: &[SwEpisodes],
        last: &[SwEpisodes],
        withdrawn: true,
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.sw_reason.raw() != first.sw_reason.raw(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/02/2024,,MANAGE\n2,01/02/2024,,MANAGE\n")
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/06/2024,,MANAGE\n1,01/02/2024,01/06/2024,OTHERS\n2,01/02/2024,,\n")
            .flags(&[(SwEpisodes, &[1, 2])]);
    }

    #[test]
    fn the_same_or_another_row() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/02/2024,,MANAGE\n2,01/01/2024,01/02/2024,MANAGE\n")
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/02/2024,,MANAGE\n2,01/06/2024,,OTHERS\n3,01/06/2024,,OTHERS\n")
            .clean();
    }
}
