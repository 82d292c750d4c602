//! # What it does
//! For a child whose last social worker row of last year was open, flags the first row of this year when the social
//! worker (`SW_ID`) is another. It was published for 2024-25 and withdrawn before it was asked.
//!
//! # Why it matters
//! The two rows are of the same social worker. If somebody took over, last year's row goes on and has an end.
//!
//! # How to put it right
//! Correct this year's row, or add the row that is missing. If last year's was wrong, tell the department.
//!
//! # Example
//! Last year the open row had `SW_ID` = `SW100001`; this year's first row has `SW100002`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW16aSTG2",
    title: "The first social worker is not the one of last year's open row.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_ID"],
        tables: &[SwEpisodes],
        last: &[SwEpisodes],
        withdrawn: true,
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if let Some((last, first)) = open_to_first(child) {
        out.flag_if(last.sw_id.raw() != first.sw_id.raw(), &first);
    }
}

/// Last year's last row, if it was open, and this year's first: two rows of one social worker.
pub(super) fn open_to_first<'a>(child: &Child<'a>) -> Option<(Row<'a, SwEpisodeRow>, Row<'a, SwEpisodeRow>)> {
    let last = child.last().sw_episodes().last().filter(|row| row.sw_dec.value().is_none())?;
    Some((last, child.sw_episodes().first()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_than_last_year() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_ID\n1,01/02/2024,,SW1\n2,01/02/2024,,SW1\n")
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_ID\n1,01/06/2024,,SW1\n1,01/02/2024,01/06/2024,SW2\n2,01/02/2024,,\n")
            .flags(&[(SwEpisodes, &[1, 2])]);
    }

    #[test]
    fn the_same_or_another_row() {
        case(&RULE, 2025)
            .last(SwEpisodes, "CHILD,SW_DECOM,SW_DEC,SW_ID\n1,01/02/2024,,SW1\n2,01/01/2024,01/02/2024,SW1\n")
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC,SW_ID\n1,01/02/2024,,SW1\n2,01/06/2024,,SW2\n3,01/06/2024,,SW2\n",
            )
            .clean();
    }
}
