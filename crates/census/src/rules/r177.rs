//! # What it does
//! Flags a row of AD1 whose legal status of the adopters is written but is not a code of the collection.
//!
//! # Why it matters
//! Who adopts is published, and the code must agree with the sex and number of the adopters.
//!
//! # How to put it right
//! Look at the adoption order: `L0` single, `L11` and `L12` married, `L2` civil partners, `L3` and `L4` couples who
//! are neither.
//!
//! # Example
//! `LS_ADOPTR` = `L1`, which was divided into `L11` and `L12`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "177",
    title: "The legal status of the adopters is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["LS_ADOPTR"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        let unknown = !CodeList::LsAdoptr.codes().contains(&row.ls_adoptr.raw());
        out.flag_if(unknown && !row.ls_adoptr.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Ad1, "CHILD,LS_ADOPTR\n1,L1\n2,X\n9,L0\n").flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Ad1, "CHILD,LS_ADOPTR\n1,L0\n2,L11\n3,L12\n4,L2\n5,L3\n6,L4\n9,\n").clean();
    }
}
