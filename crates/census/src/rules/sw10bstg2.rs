//! # What it does
//! Flags a row of SWEpisodes with the reason first contact or re-referral (`SW_REASON` = `FCONTA`) that starts
//! before the end of a row that started earlier.
//!
//! # Why it matters
//! A child who has a social worker is no new contact. Either the reason or the end of the row before is wrong.
//!
//! # How to put it right
//! Correct the reason of the change, or the end of the row before.
//!
//! # Example
//! One row ends on 20/06/2025; the next starts on 19/06/2025 with `SW_REASON` = `FCONTA`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW10bSTG2",
    title: "A first contact or re-referral is recorded while the child still had a social worker.",
    versions: &[Version {
        from: 2026,
        fields: &["SW_DECOM", "SW_REASON"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    for row in rows.iter().filter(|row| row.sw_reason.is("FCONTA")) {
        let start = row.sw_decom.value();
        let runs =
            |r: Row<'_, SwEpisodeRow>| before(r.sw_decom.value(), start) && after(r.sw_dec.value(), start);
        out.flag_if(rows.iter().any(runs), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_first_contact_in_between() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/06/2025,20/06/2025,OTHERS\n1,19/06/2025,,FCONTA\n",
            )
            .flags(&[(SwEpisodes, &[1])]);
    }

    #[test]
    fn afterwards_or_for_another_reason() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC,SW_REASON\n1,01/06/2025,20/06/2025,OTHERS\n1,20/06/2025,,FCONTA\n\
                 2,01/06/2025,20/06/2025,OTHERS\n2,19/06/2025,,MANAGE\n3,01/06/2025,,FCONTA\n",
            )
            .clean();
    }
}
