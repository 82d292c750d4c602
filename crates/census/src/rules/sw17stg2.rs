//! # What it does
//! Looks at children with rows in SWEpisodes. If none of them is without an end, flags the one that started last.
//!
//! # Why it matters
//! The return is about children in care on 31 March, and each of them has a social worker on that day. Children who
//! have left need no rows.
//!
//! # How to put it right
//! Add the social worker of 31 March, or leave the end blank. If the child has left care, take the rows out.
//!
//! # Example
//! The child's only row ended on 12/01/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW17STG2",
    title: "No social worker row is open on 31 March.",
    versions: &[Version {
        from: 2026,
        fields: &["SW_DEC", "SW_DECOM"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let rows = child.sw_episodes();
    if rows.iter().all(|row| row.sw_dec.value().is_some()) {
        out.flag_all(rows.last());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn all_have_ended() {
        case(&RULE, 2026)
            .with(SwEpisodes, "CHILD,SW_DECOM,SW_DEC\n1,01/09/2025,12/01/2026\n1,01/06/2025,01/09/2025\n2,01/06/2025,31/03/2026\n")
            .flags(&[(SwEpisodes, &[0, 2])]);
    }

    #[test]
    fn one_is_open() {
        case(&RULE, 2026)
            .with(
                SwEpisodes,
                "CHILD,SW_DECOM,SW_DEC\n1,01/09/2025,\n1,01/06/2025,01/09/2025\n2,01/06/2025,\n",
            )
            .clean();
    }
}
