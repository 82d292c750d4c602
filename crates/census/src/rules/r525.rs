//! # What it does
//! Flags both rows of a child whose decision to be placed for adoption was taken back (`DATE_PLACED_CEASED` is
//! filled in) and for whom any detail of an adoption is given all the same.
//!
//! # Why it matters
//! A child for whom adoption is no longer the plan cannot have been adopted. One of the two is wrong.
//!
//! # How to put it right
//! If the child was adopted, clear the end of the decision and its reason. If not, take the child out of the
//! adoption table.
//!
//! # Example
//! `DATE_PLACED_CEASED` = 22/06/2025, and a row of AD1 with `DATE_MATCH` = 01/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "525",
    title: "The adoption decision was taken back, yet an adoption is recorded.",
    versions: &[Version {
        from: 2023,
        fields: &[
            "DATE_PLACED_CEASED",
            "DATE_INT",
            "DATE_MATCH",
            "FOSTER_CARE",
            "NB_ADOPTR",
            "SEX_ADOPTR",
            "LS_ADOPTR",
        ],
        tables: &[PlacedAdoption, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for decision in child.placed_adoption().iter().filter(|d| !d.date_placed_ceased.is_blank()) {
        for adoption in child.ad1() {
            let blank = adoption.date_int.is_blank()
                && adoption.date_match.is_blank()
                && adoption.foster_care.is_blank()
                && adoption.nb_adoptr.is_blank()
                && adoption.sex_adoptr.is_blank()
                && adoption.ls_adoptr.is_blank();
            if !blank {
                out.flag(&decision);
                out.flag(&adoption);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn taken_back_and_adopted() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,22/06/2025\n2,\n3,22/06/2025\n")
            .with(Ad1, "CHILD,DATE_MATCH,LS_ADOPTR\n1,01/05/2025,\n2,01/05/2025,L0\n3,,L0\n")
            .flags(&[(Ad1, &[0, 2]), (PlacedAdoption, &[0, 2])]);
    }

    #[test]
    fn an_empty_row_or_none() {
        case(&RULE, 2026)
            .with(PlacedAdoption, "CHILD,DATE_PLACED_CEASED\n1,22/06/2025\n2,22/06/2025\n")
            .with(Ad1, "CHILD,DATE_MATCH\n1,\n3,01/05/2025\n")
            .clean();
    }
}
