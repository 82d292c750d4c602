//! # What it does
//! Flags a time missing, or away without authorisation, that has an end but does not say which of the two it was
//! (`MISSING` is blank).
//!
//! # Why it matters
//! Missing and away are counted apart: of a missing child nobody knew the whereabouts.
//!
//! # How to put it right
//! Enter `M` if nobody knew where the child was, and `A` if it was known but not allowed.
//!
//! # Example
//! `MIS_END` = 03/02/2026 with nothing in `MISSING`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "566",
    title: "A time away has an end, but not whether the child was missing.",
    versions: &[Version {
        from: 2023,
        fields: &["MISSING", "MIS_END"],
        tables: &[Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(row.missing.is_blank() && !row.mis_end.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_date_without_a_kind() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MISSING,MIS_END\n1,,01/02/2026\n2,M,01/02/2026\n")
            .flags(&[(Missing, &[0])]);
    }

    #[test]
    fn both_or_neither() {
        case(&RULE, 2026).with(Missing, "CHILD,MISSING,MIS_END\n1,A,01/02/2026\n2,M,\n3,,\n").clean();
    }
}
