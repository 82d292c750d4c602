//! # What it does
//! Takes the last of a child's social worker rows to end more than five days before the end of the collection year.
//! Unless another row starts within five days of that end, or by the fifth day before the end of the year, and ends
//! later, it is flagged; if a row comes after it all the same, that row is.
//!
//! # Why it matters
//! A child in care always has a social worker. A chain that breaks off means that somebody was not recorded.
//!
//! # How to put it right
//! Add the social worker who took over, or correct the end.
//!
//! # Example
//! In the return for 2023-24 the child's only row ended on 20/03/2024.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW11aSTG2",
    title: "The social worker ended well before 31 March, and nobody follows.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["SW_DEC"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    let last_days = ctx.end.plus_days(-LAST_DAYS);
    let Some(over) =
        rows.iter().filter(|row| before(row.sw_dec.value(), last_days)).max_by_key(|row| row.sw_dec.value())
    else {
        return;
    };
    let Some(end) = over.sw_dec.value() else { return };
    let in_time = end.plus_days(LAST_DAYS).max(last_days);
    let follows = |row: &Row<'_, SwEpisodeRow>| row.sw_dec.value().is_none_or(|dec| dec > end);
    if !rows.iter().any(|row| follows(&row) && on_or_before(row.sw_decom.value(), in_time)) {
        out.flag(&rows.iter().find(follows).unwrap_or(over));
    }
}

/// Days before the end of the year that are left to rule SW11bSTG2.
pub(super) const LAST_DAYS: i32 = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn nobody_follows_or_too_late() {
        case(&RULE, 2024)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,01/06/2023,25/03/2024\n2,01/06/2023,20/03/2024\n2,27/03/2024,\n\
                 3,01/06/2023,20/03/2024\n3,,\n",
            )
            .flags(&[(SwEpisodes, &[0, 2, 4])]);
    }

    #[test]
    fn somebody_follows_or_it_was_later() {
        case(&RULE, 2024)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,01/06/2023,26/03/2024\n2,01/06/2023,25/03/2024\n2,30/03/2024,\n\
                 3,01/06/2023,10/10/2023\n3,10/12/2023,\n",
            )
            .clean();
    }
}
