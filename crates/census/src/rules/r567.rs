//! # What it does
//! Flags a time missing, or away without authorisation, that ends before it starts.
//!
//! # Why it matters
//! How long children are away cannot be told from times that run backwards.
//!
//! # How to put it right
//! Correct whichever of the two dates is wrong.
//!
//! # Example
//! `MIS_START` = 03/02/2026 with `MIS_END` = 01/02/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "567",
    title: "A time missing or away ends before it starts.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_START", "MIS_END"],
        tables: &[Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(before(row.mis_end.value(), row.mis_start.value()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_dates_do_not_fit() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MIS_START,MIS_END\n1,03/02/2026,02/02/2026\n")
            .flags(&[(Missing, &[0])]);
    }

    #[test]
    fn they_fit_or_are_blank() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MIS_START,MIS_END\n1,03/02/2026,03/02/2026\n2,03/02/2026,\n3,,03/02/2026\n")
            .clean();
    }
}
