//! # What it does
//! Flags a row of SWEpisodes when earlier rows of the child have ended, and none of their ends lies within seven
//! days before or after its start. A first contact or re-referral (`SW_REASON` = `FCONTA`) is left out.
//!
//! # Why it matters
//! A child who stays in contact should pass from one social worker to the next. A gap or a long overlap is mostly a
//! wrong day.
//!
//! # How to put it right
//! Check the days. If the child came back after the case was closed, the reason is `FCONTA`.
//!
//! # Example
//! One row ended on 20/06/2025; the next starts on 30/06/2025 with `SW_REASON` = `MANAGE`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW10aSTG2",
    title: "A new social worker began more than a week before or after the one before ended.",
    versions: &[Version {
        from: 2026,
        fields: &["SW_DECOM"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    for row in rows.iter().filter(|row| !row.sw_reason.is("FCONTA")) {
        let Some(start) = row.sw_decom.value() else { continue };
        let mut ends = rows
            .iter()
            .filter(|r| before(r.sw_decom.value(), start))
            .filter_map(|r| r.sw_dec.value())
            .peekable();
        out.flag_if(ends.peek().is_some() && ends.all(|end| end.days_until(start).abs() > 7), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn eight_days_apart() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/06/2025,20/06/2025,OTHERS\n1,28/06/2025,,MANAGE\n\
                 2,01/06/2025,20/06/2025,OTHERS\n2,12/06/2025,,MANAGE\n",
            )
            .flags(&[(SwEpisodes, &[1, 3])]);
    }

    #[test]
    fn within_a_week_or_a_new_contact() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/06/2025,20/06/2025,OTHERS\n1,27/06/2025,,MANAGE\n\
                 2,01/06/2025,20/06/2025,OTHERS\n2,13/06/2025,,MANAGE\n\
                 3,01/06/2025,20/06/2025,OTHERS\n3,12/12/2025,,FCONTA\n4,01/06/2025,,\n4,12/12/2025,,\n",
            )
            .clean();
    }
}
