//! # What it does
//! Flags a deprivation of liberty order whose start (`DOLO_START`) is before the date of birth in the same row.
//!
//! # Why it matters
//! One of the dates is wrong, or the row belongs to another child.
//!
//! # How to put it right
//! Check the date of birth and the court order.
//!
//! # Example
//! `DOB` = 04/08/2009 with `DOLO_START` = 04/07/2009.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "708",
    title: "The order that deprives the child of liberty starts before the child was born.",
    versions: &[Version { from: 2027, fields: &["DOLO_START"], tables: &[Dolo], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.dolo().iter().filter(|order| before(order.dolo_start.value(), order.dob.value())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn before_birth() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOB,DOLO_START\n1,04/08/2009,03/08/2009\n2,04/08/2009,04/08/2009\n")
            .flags(&[(Dolo, &[0])]);
    }

    #[test]
    fn after_birth_or_not_known() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOB,DOLO_START\n1,04/08/2009,01/05/2026\n2,,01/05/2026\n3,04/08/2009,\n")
            .clean();
    }
}
