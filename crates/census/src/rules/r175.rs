//! # What it does
//! Flags a row of AD1 whose number of adopters is written but is not `1` or `2`.
//!
//! # Why it matters
//! A child is adopted by one person or by a couple; the other answers about the adopters hang on it.
//!
//! # How to put it right
//! Look at the adoption order and enter `1` or `2`.
//!
//! # Example
//! `NB_ADOPTR` = `3`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "175",
    title: "The number of adopters is neither one nor two.",
    versions: &[Version { from: 2023, fields: &["NB_ADOPTR"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(!row.nb_adoptr.is_blank() && !["1", "2"].contains(&row.nb_adoptr.raw()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn none_three_and_words() {
        case(&RULE, 2026).with(Ad1, "CHILD,NB_ADOPTR\n1,0\n2,3\n3,TWO\n4,2\n").flags(&[(Ad1, &[0, 1, 2])]);
    }

    #[test]
    fn one_two_or_blank() {
        case(&RULE, 2026).with(Ad1, "CHILD,NB_ADOPTR\n1,1\n2,2\n3,\n").clean();
    }
}
