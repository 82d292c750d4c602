//! # What it does
//! Flags a row of OC3 whose activity (`ACTIV`) is blank or is not a code of the collection.
//!
//! # Why it matters
//! How many care leavers study, train or work is one of the figures that is published for every authority.
//!
//! # How to put it right
//! Enter the code for what the young person mainly did around the birthday; `0` if the question does not apply.
//!
//! # Example
//! `ACTIV` = `F3`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "132",
    title: "What the care leaver does is missing or is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["ACTIV"], tables: &[Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        out.flag_if(!CodeList::Activ.codes().contains(&row.activ.raw()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_there_is_not_or_nothing() {
        case(&RULE, 2026).with(Oc3, "CHILD,ACTIV\n1,F3\n2,1\n3,\n4,F1\n").flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn any_of_the_codes() {
        case(&RULE, 2026).with(Oc3, "CHILD,ACTIV\n1,F1\n2,P1\n3,F5\n4,P4\n5,G4\n6,G6\n7,0\n").clean();
    }
}
