//! # What it does
//! For a child whose last social worker row of last year was open, flags the first row of this year when the start
//! (`SW_DECOM`) is another. It was published for 2024-25 and withdrawn before it was asked.
//!
//! # Why it matters
//! The two rows are of the same social worker. A start that moves changes how long the child has had this social
//! worker.
//!
//! # How to put it right
//! Correct this year's row, or add the row that is missing. If last year's was wrong, tell the department.
//!
//! # Example
//! Last year the open row started on 01/02/2024; this year's first row starts on 02/02/2024.

use super::sw16astg2::open_to_first;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW16bSTG2",
    title: "The first social worker row does not start as last year's open row did.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_DECOM"],
        tables: &[SwEpisodes],
        last: &[SwEpisodes],
        withdrawn: true,
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.sw_decom.value() != first.sw_decom.value(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,01/02/2024,\n1,01/01/2024,01/02/2024\n")
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,01/06/2024,\n1,02/02/2024,01/06/2024\n")
            .flags(&[(SwEpisodes, &[1])]);
    }

    #[test]
    fn the_same_or_another_row() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,01/02/2024,\n2,01/01/2024,01/02/2024\n")
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,01/02/2024,\n2,01/06/2024,\n3,01/06/2024,\n")
            .clean();
    }
}
