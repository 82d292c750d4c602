//! # What it does
//! Flags a deprivation of liberty order whose start (`DOLO_START`) is blank or is not a day written dd/mm/yyyy.
//!
//! # Why it matters
//! Without a start nobody can say how long the child was deprived of liberty.
//!
//! # How to put it right
//! Enter the day from which the court order runs.
//!
//! # Example
//! `DOLO_START` = 2026/12/10.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "700",
    title: "The start of the order that deprives the child of liberty is missing or no date.",
    versions: &[Version { from: 2027, fields: &["DOLO_START"], tables: &[Dolo], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.dolo().iter().filter(|order| order.dolo_start.value().is_none()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day_at_all() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START\n1,\n2,2026/12/10\n3,31/02/2027\n4,10/12/2026\n")
            .flags(&[(Dolo, &[0, 1, 2])]);
    }

    #[test]
    fn a_day() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_START\n1,10/12/2026\n").clean();
    }
}
