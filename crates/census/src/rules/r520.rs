//! # What it does
//! Flags an adoption by a married couple of different sexes (`LS_ADOPTR` = `L11`) where the sex of the adopters is
//! not `MF`.
//!
//! # Why it matters
//! The two answers contradict each other, so neither can be counted.
//!
//! # How to put it right
//! Look at the adoption order: correct the legal status of the adopters, or their sex.
//!
//! # Example
//! `LS_ADOPTR` = `L11` with `SEX_ADOPTR` = `FF`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "520",
    title: "A married couple of different sexes is recorded, but the sex is another.",
    versions: &[Version {
        from: 2023,
        fields: &["LS_ADOPTR", "SEX_ADOPTR"],
        tables: &[Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.ls_adoptr.is("L11") && !row.sex_adoptr.is("MF"), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_sex_is_another_or_blank() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L11,FF\n2,L11,\n3,L11,M1\n4,L11,MF\n")
            .flags(&[(Ad1, &[0, 1, 2])]);
    }

    #[test]
    fn the_sex_fits_or_the_status_is_another() {
        case(&RULE, 2026).with(Ad1, "CHILD,LS_ADOPTR,SEX_ADOPTR\n1,L11,MF\n8,L12,FF\n9,,F1\n").clean();
    }
}
