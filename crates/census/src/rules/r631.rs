//! # What it does
//! Flags a row whose `PREV_PERM` is written but is not `P1` to `P4` or `Z1`.
//!
//! # Why it matters
//! An unknown code cannot be counted, so a child who came back from adoption or guardianship is left out.
//!
//! # How to put it right
//! Choose `P1` (adoption), `P2` (special guardianship), `P3` (order on whom the child lives with), `P4` (not known
//! which) or `Z1` (none).
//!
//! # Example
//! `PREV_PERM` = `P0`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "631",
    title: "The earlier permanent arrangement is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["PREV_PERM"], tables: &[PrevPerm], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.prev_perm() {
        let known = ["P1", "P2", "P3", "P4", "Z1"].contains(&row.prev_perm.raw());
        out.flag_if(!row.prev_perm.is_blank() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_unknown_code() {
        case(&RULE, 2026).with(PrevPerm, "CHILD,PREV_PERM\n1,P0\n2,P4\n3,X\n").flags(&[(PrevPerm, &[0, 2])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(PrevPerm, "CHILD,PREV_PERM\n1,P1\n2,Z1\n3,\n").clean();
    }
}
