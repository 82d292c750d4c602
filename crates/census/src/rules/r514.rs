//! # What it does
//! Flags an adoption by a single adopter (`LS_ADOPTR` = `L0`) where the adopter's sex is not that of one person
//! (`M1` or `F1`).
//!
//! # Why it matters
//! The two answers contradict each other, so neither can be counted.
//!
//! # How to put it right
//! Look at the adoption order: correct the legal status of the adopters, or their sex.
//!
//! # Example
//! `LS_ADOPTR` = `L0` with `SEX_ADOPTR` = `MF`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "514",
    title: "A single adopter is recorded, but the sex is that of a couple.",
    versions: &[Version {
        from: 2023,
        fields: &["LS_ADOPTR", "SEX_ADOPTR"],
        tables: &[Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.ls_adoptr.is("L0") && !row.sex_adoptr.is_any(&["M1", "F1"]), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_adopter_with_the_sex_of_two_or_none() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L0,MF\n2,L0,\n3,L0,M1\n")
            .flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn couples_are_no_matter_for_this_rule() {
        case(&RULE, 2026).with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L2,MF\n2,,M1\n").clean();
    }
}
