//! # What it does
//! Flags a row of SWEpisodes that starts on the same day as a row of the same child that stands higher in the file.
//!
//! # Why it matters
//! A child has one social worker at a time in this return. Mostly the same change was exported twice.
//!
//! # How to put it right
//! Take out the row that is wrong, or correct its start.
//!
//! # Example
//! Two rows of one child with `SW_DECOM` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW19STG2",
    title: "Two social workers of a child began on the same day.",
    versions: &[Version {
        from: 2026,
        fields: &["SW_DEC", "SW_DECOM"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (row, next) in child.sw_episodes().pairs() {
        out.flag_if(same(row.sw_decom.value(), next.sw_decom.value()), &next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn twice_on_one_day() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM\n1,01/09/2025\n2,01/09/2025\n1,01/06/2025\n1,01/09/2025\n")
            .flags(&[(SwEpisodes, &[3])]);
    }

    #[test]
    fn on_different_days_or_none() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_DECOM\n1,01/09/2025\n1,02/09/2025\n2,\n2,\n").clean();
    }
}
