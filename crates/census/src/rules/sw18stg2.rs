//! # What it does
//! Flags a row of SWEpisodes whose end (`SW_DEC`) is before its start (`SW_DECOM`).
//!
//! # Why it matters
//! The time comes out as less than nothing, so one of the days is wrong.
//!
//! # How to put it right
//! Check both days against the record of the allocation.
//!
//! # Example
//! `SW_DECOM` = 10/06/2025 with `SW_DEC` = 06/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW18STG2",
    title: "The social worker row ended before it started.",
    versions: &[Version {
        from: 2026,
        fields: &["SW_DEC", "SW_DECOM"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.sw_episodes().iter().filter(|row| before(row.sw_dec.value(), row.sw_decom.value())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn ended_before() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,10/06/2025,09/06/2025\n2,10/06/2025,10/06/2025\n")
            .flags(&[(SwEpisodes, &[0])]);
    }

    #[test]
    fn ended_later_or_not_at_all() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,10/06/2025,11/06/2025\n2,10/06/2025,\n3,,11/06/2025\n",
            )
            .clean();
    }
}
