//! # What it does
//! Flags an adoption by two people (`NB_ADOPTR` = 2) where the sex of the adopters is that of one (`M1` or `F1`).
//!
//! # Why it matters
//! The two answers contradict each other, so neither can be counted.
//!
//! # How to put it right
//! Look at the adoption order: correct the number of adopters, or their sex (`MM`, `FF` or `MF` for two).
//!
//! # Example
//! `NB_ADOPTR` = 2 with `SEX_ADOPTR` = `F1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "511",
    title: "Two adopters are recorded, but the sex is that of one.",
    versions: &[Version {
        from: 2023,
        fields: &["NB_ADOPTR", "SEX_ADOPTR"],
        tables: &[Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.nb_adoptr.value() == Some(2) && row.sex_adoptr.is_any(&["M1", "F1"]), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn two_people_with_the_sex_of_one() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,NB_ADOPTR,SEX_ADOPTR\n1,2,M1\n2,2,F1\n3,2,MF\n")
            .flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn couples_single_adopters_and_blanks() {
        case(&RULE, 2026).with(Ad1, "CHILD,NB_ADOPTR,SEX_ADOPTR\n1,2,MM\n2,1,F1\n3,2,\n4,,M1\n").clean();
    }
}
