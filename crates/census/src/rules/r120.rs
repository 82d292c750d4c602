//! # What it does
//! Flags a row of PlacedAdoption whose reason is not a code of the collection (`RD1` to `RD4`). A blank is not
//! flagged here.
//!
//! # Why it matters
//! The reasons show why children wait and are then not adopted. One that is no code is lost from that picture.
//!
//! # How to put it right
//! Choose the code that fits the record of the decision.
//!
//! # Example
//! `REASON_PLACED_CEASED` = `RD5`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "120",
    title: "The reason for which the plan of adoption was given up is not one of the codes.",
    versions: &[Version {
        from: 2023,
        fields: &["REASON_PLACED_CEASED"],
        tables: &[PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.placed_adoption() {
        let reason = &row.reason_placed_ceased;
        let known = CodeList::ReasonPlacedCeased.codes().contains(&reason.raw());
        out.flag_if(!reason.is_blank() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_there_is_not() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,REASON_PLACED_CEASED\n1,RD5\n2,1\n3,RD1\n")
            .flags(&[(PlacedAdoption, &[0, 1])]);
    }

    #[test]
    fn any_code_or_none() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,REASON_PLACED_CEASED\n1,RD1\n2,RD2\n3,RD3\n4,RD4\n5,\n")
            .clean();
    }
}
