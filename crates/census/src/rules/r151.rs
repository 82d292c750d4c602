//! # What it does
//! Flags a row of AD1 in which some of the six answers about the adoption are filled in and others are blank.
//!
//! # Why it matters
//! The adoption is counted only if it is complete; the time from decision to match needs both dates.
//!
//! # How to put it right
//! Complete the row from the adoption file. If the child was not adopted in the year, leave all six blank or take
//! the row out.
//!
//! # Example
//! `DATE_MATCH` = 02/09/2025 and everything else blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "151",
    title: "Only some of the details of the adoption are filled in.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
        tables: &[Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        let answers = [
            row.date_int.is_blank(),
            row.date_match.is_blank(),
            row.foster_care.is_blank(),
            row.nb_adoptr.is_blank(),
            row.sex_adoptr.is_blank(),
            row.ls_adoptr.is_blank(),
        ];
        let blank = answers.iter().filter(|blank| **blank).count();
        out.flag_if(blank > 0 && blank < answers.len(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn some_of_the_six() {
        case(&RULE, 2026).with(Ad1, "CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n1,,02/09/2025,,,,\n2,01/02/2025,02/09/2025,0,2,MF,\n").flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn all_or_none() {
        case(&RULE, 2026).with(Ad1, "CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n1,01/02/2025,02/09/2025,0,2,MF,L11\n2,,,,,,\n").clean();
    }
}
