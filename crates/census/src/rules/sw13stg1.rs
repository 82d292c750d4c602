//! # What it does
//! Flags a row of SWEpisodes whose `SW_REASON` is not a code of the list. A blank is flagged in 2023-24; from
//! 2024-25 only if the social worker began on 1 April 2023 or later.
//!
//! # Why it matters
//! Why children change social workers is published from these codes.
//!
//! # How to put it right
//! Choose the code that fits best; `OTHERS` if none does.
//!
//! # Example
//! `SW_REASON` = `MANAGER`; the code is `MANAGE`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "SW13STG1",
    title: "The reason for the change of social worker is not one of the codes.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["SW_REASON"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2025, fields: &["SW_REASON"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

/// The first day on which social workers were collected: nobody had to note why before.
const ASKED_FROM: Date = date(2023, 4, 1);

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        let wrong = if row.sw_reason.is_blank() {
            ctx.year <= 2024 || on_or_after(row.sw_decom.value(), ASKED_FROM)
        } else {
            !row.sw_reason.is_any(CodeList::SwReason.codes())
        };
        out.flag_if(wrong, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const ROWS: &str = "CHILD,SW_DECOM,SW_REASON\n1,01/01/2023,MANAGER\n2,31/03/2023,\n3,01/04/2023,\n";

    #[test]
    fn unknown_or_blank() {
        case(&RULE, 2024).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[0, 1, 2])]);
        case(&RULE, 2026).with(SwEpisodes, ROWS).flags(&[(SwEpisodes, &[0, 2])]);
    }

    #[test]
    fn known_codes() {
        case(&RULE, 2024).with(SwEpisodes, "CHILD,SW_REASON\n1,MANAGE\n2,others\n3,SWDIED\n").clean();
    }
}
