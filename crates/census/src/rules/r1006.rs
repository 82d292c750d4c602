//! # What it does
//! Flags a row of Missing with a kind (`MISSING`) other than `M` (missing) or `A` (away without authorisation). A
//! blank is not flagged here.
//!
//! # Why it matters
//! The two kinds are counted apart. A row of neither kind is in no count.
//!
//! # How to put it right
//! Choose `M` when nobody knew where the child was, and `A` when it was known and the child should have been
//! elsewhere.
//!
//! # Example
//! `MISSING` = `AWOL`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "1006",
    title: "The kind of absence is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["MISSING"], tables: &[Missing], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        let known = CodeList::Missing.codes().contains(&row.missing.raw());
        out.flag_if(!row.missing.is_blank() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_there_is_not() {
        case(&RULE, 2026).with(Missing, "CHILD,MISSING\n1,AWOL\n2,1\n3,M\n").flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn either_code_or_none() {
        case(&RULE, 2026).with(Missing, "CHILD,MISSING\n1,M\n2,A\n3,\n").clean();
    }
}
