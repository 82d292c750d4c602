//! # What it does
//! Flags a row of SWEpisodes with nothing in `SW_REASON` if it started in the collection year, in the year before
//! or later. It was published for 2024-25 and withdrawn before it was asked.
//!
//! # Why it matters
//! Why children change social workers is published from these codes.
//!
//! # How to put it right
//! Choose the code that fits best; `OTHERS` if none does.
//!
//! # Example
//! `SW_DECOM` = 12/06/2024 with nothing in `SW_REASON`.

use super::sw01astg1::first_day;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW15STG2",
    title: "The reason for the change of social worker is missing.",
    versions: &[Version {
        from: 2025,
        to: Some(2025),
        fields: &["SW_REASON"],
        tables: &[SwEpisodes],
        withdrawn: true,
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        out.flag_if(row.sw_reason.is_blank() && on_or_after(row.sw_decom.value(), first_day(ctx)), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_reason() {
        case(&RULE, 2025)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_REASON\n1,01/04/2023,\n2,12/06/2024,\n")
            .flags(&[(SwEpisodes, &[0, 1])]);
    }

    #[test]
    fn a_reason_or_older() {
        case(&RULE, 2025)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_REASON\n1,12/06/2024,OTHERS\n2,31/03/2023,\n3,,\n")
            .clean();
    }
}
