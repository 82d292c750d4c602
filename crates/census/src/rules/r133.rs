//! # What it does
//! Flags a row of OC3 whose accommodation is blank or is not a code of the collection. `0` is a code: it says that
//! the question does not apply.
//!
//! # Why it matters
//! Whether care leavers live somewhere suitable is published for every authority. A row without a code counts as
//! not known.
//!
//! # How to put it right
//! Ask the personal adviser where the young person lived around the birthday, and record that with its code. The
//! second sign says whether it was suitable (`1`) or not (`2`); no fixed abode (`S2`) and custody (`X2`) are never
//! suitable.
//!
//! # Example
//! `ACCOM` = `S1`: there is no such code.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "133",
    title: "The care leaver's accommodation is missing or is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["ACCOM"], tables: &[Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        out.flag_if(!CodeList::Accom.codes().contains(&row.accom.raw()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn blank_and_unknown_codes() {
        case(&RULE, 2026).with(Oc3, "CHILD,ACCOM\n1,S1\n2,\n3,X\n4,1\n").flags(&[(Oc3, &[0, 1, 2, 3])]);
    }

    #[test]
    fn known_codes_are_right() {
        case(&RULE, 2026).with(Oc3, "CHILD,ACCOM\n1,B1\n2,S2\n3,0\n").clean();
    }
}
