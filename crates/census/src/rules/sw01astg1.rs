//! # What it does
//! Flags a row of SWEpisodes with a blank in `SW_ID` or `SW_DECOM`, if it started more than a year before the
//! collection year, or has no start that can be read. Rows that started later are for rule SW01bSTG1.
//!
//! # Why it matters
//! Who the child's social worker was, and how often that changed, is measured from these rows. Of older rows only
//! the reason may be unknown.
//!
//! # How to put it right
//! Enter the social worker's registration number and the day on which the child became theirs.
//!
//! # Example
//! `SW_DECOM` = 12/01/2023 with nothing in `SW_ID`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW01aSTG1",
    title: "An older social worker row lacks its number or its start.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_DECOM", "SW_ID"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        let blank = row.sw_id.is_blank() || row.sw_decom.is_blank();
        out.flag_if(blank && !on_or_after(row.sw_decom.value(), first_day(ctx)), &row);
    }
}

/// The first day of the social worker year: a year before the collection's.
pub(super) fn first_day(ctx: &Context<'_>) -> Date {
    ctx.start.plus_years(-1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_number_or_no_start() {
        case(&RULE, 2025)
            .with(SwEpisodes, "CHILD,SW_ID,SW_DECOM\n1,,31/03/2023\n2,SW1,\n3,,\n")
            .flags(&[(SwEpisodes, &[0, 1, 2])]);
    }

    #[test]
    fn complete_or_newer() {
        case(&RULE, 2025).with(SwEpisodes, "CHILD,SW_ID,SW_DECOM\n1,SW1,31/03/2023\n2,,01/04/2023\n").clean();
    }
}
