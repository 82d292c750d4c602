//! # What it does
//! Flags an adoption by civil partners (`LS_ADOPTR` = `L2`) where the sex of the adopters is not that of a couple
//! (`MM`, `FF` or `MF`).
//!
//! # Why it matters
//! The two answers contradict each other, so neither can be counted.
//!
//! # How to put it right
//! Look at the adoption order: correct the legal status of the adopters, or their sex.
//!
//! # Example
//! `LS_ADOPTR` = `L2` with `SEX_ADOPTR` = `F1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "519",
    title: "Civil partners are recorded, but the sex is not that of a couple.",
    versions: &[Version {
        from: 2023,
        fields: &["LS_ADOPTR", "SEX_ADOPTR"],
        tables: &[Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.ls_adoptr.is("L2") && !row.sex_adoptr.is_any(&["MM", "FF", "MF"]), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_sex_is_another_or_blank() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L2,F1\n2,L2,\n3,L2,M1\n4,L2,MM\n")
            .flags(&[(Ad1, &[0, 1, 2])]);
    }

    #[test]
    fn the_sex_fits_or_the_status_is_another() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L2,MM\n2,L2,FF\n3,L2,MF\n8,L0,F1\n9,,F1\n")
            .clean();
    }
}
