//! # What it does
//! Flags the last of a child's social worker rows when it ended in the last five days before the end of the
//! collection year, and no row with a start is open. If a row without any days comes after it, that row is flagged
//! instead.
//!
//! # Why it matters
//! A child in care has a social worker on 31 March. A chain that breaks off means that somebody was not recorded.
//!
//! # How to put it right
//! Add the social worker who took over, or correct the end.
//!
//! # Example
//! The child's only row ended on 29/03/2026.

use super::sw11astg2::LAST_DAYS;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW11bSTG2",
    title: "The social worker ended in the last days before 31 March, and nobody follows.",
    versions: &[Version { from: 2024, fields: &["SW_DEC"], tables: &[SwEpisodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    let Some(over) = rows.iter().max_by_key(|row| row.sw_dec.value()) else { return };
    let in_last_days = on_or_after(over.sw_dec.value(), ctx.end.plus_days(-LAST_DAYS))
        && before(over.sw_dec.value(), ctx.end);
    let open = |row: &Row<'_, SwEpisodeRow>| row.sw_dec.value().is_none();
    if in_last_days && !rows.iter().any(|row| open(&row) && !row.sw_decom.is_blank()) {
        out.flag(&rows.iter().find(open).unwrap_or(over));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn nobody_follows() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,01/06/2025,26/03/2026\n2,01/06/2025,30/03/2026\n2,,\n3,01/06/2025,01/03/2026\n3,01/03/2026,29/03/2026\n",
            )
            .flags(&[(SwEpisodes, &[0, 2, 4])]);
    }

    #[test]
    fn somebody_follows_or_it_was_earlier() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,01/06/2025,25/03/2026\n2,01/06/2025,29/03/2026\n2,29/03/2026,\n3,01/06/2025,31/03/2026\n",
            )
            .clean();
    }
}
