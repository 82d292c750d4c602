//! # What it does
//! Flags a row whose `LA_PERM` is written but is neither the three-digit number of an English authority nor `WAL`,
//! `SCO`, `NIR`, `NUK` (outside the United Kingdom) or `999` (not known).
//!
//! # Why it matters
//! The department tells the authority that arranged the adoption or guardianship how many children came back into
//! care.
//!
//! # How to put it right
//! Look the number up on the list of authorities.
//!
//! # Example
//! `LA_PERM` = `458`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "633",
    title: "The authority that arranged the earlier permanence is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["LA_PERM"], tables: &[PrevPerm], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.prev_perm() {
        let known = CodeList::LaPerm.codes().contains(&row.la_perm.raw());
        out.flag_if(!row.la_perm.is_blank() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_unknown_authority() {
        case(&RULE, 2026).with(PrevPerm, "CHILD,LA_PERM\n1,458\n2,FRA\n").flags(&[(PrevPerm, &[0, 1])]);
    }

    #[test]
    fn known_authorities_and_blanks() {
        case(&RULE, 2026).with(PrevPerm, "CHILD,LA_PERM\n1,204\n2,SCO\n3,999\n4,\n").clean();
    }
}
