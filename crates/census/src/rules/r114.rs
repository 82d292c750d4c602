//! # What it does
//! Flags a row of AD1 whose `FOSTER_CARE` is written but is neither `0` (no) nor `1` (yes). A blank is not flagged
//! here.
//!
//! # Why it matters
//! Adoptions by former foster carers are counted apart and timed in another way.
//!
//! # How to put it right
//! Enter `1` if the child was adopted by someone who fostered the child before, otherwise `0`.
//!
//! # Example
//! `FOSTER_CARE` = `Y`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "114",
    title: "Whether the child was adopted by a former foster carer is neither 0 nor 1.",
    versions: &[Version { from: 2023, fields: &["FOSTER_CARE"], tables: &[Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.ad1() {
        out.flag_if(row.foster_care.is_nonsense(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn neither_yes_nor_no() {
        case(&RULE, 2026).with(Ad1, "CHILD,FOSTER_CARE\n1,2\n2,Y\n3,1\n").flags(&[(Ad1, &[0, 1])]);
    }

    #[test]
    fn yes_no_or_nothing() {
        case(&RULE, 2026).with(Ad1, "CHILD,FOSTER_CARE\n1,0\n2,1\n3,\n").clean();
    }
}
