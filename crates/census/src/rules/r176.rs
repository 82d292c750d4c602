//! # What it does
//! Flags a row of AD1 whose sex of the adopters is written but is not `F1`, `M1`, `FF`, `MM` or `MF`.
//!
//! # Why it matters
//! Who adopts is published, and the code must agree with the legal status of the adopters.
//!
//! # How to put it right
//! Look at the adoption order: `F1` and `M1` are single adopters, `FF`, `MM` and `MF` couples.
//!
//! # Example
//! `SEX_ADOPTR` = `F`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "176",
    title: "The sex of the adopters is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["SEX_ADOPTR"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        let unknown = !CodeList::SexAdoptr.codes().contains(&row.sex_adoptr.raw());
        out.flag_if(unknown && !row.sex_adoptr.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Ad1, "CHILD,SEX_ADOPTR\n1,F\n2,FM\n9,F1\n").flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Ad1, "CHILD,SEX_ADOPTR\n1,F1\n2,M1\n3,FF\n4,MM\n5,MF\n9,\n").clean();
    }
}
