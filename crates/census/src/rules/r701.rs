//! # What it does
//! Flags a deprivation of liberty order whose end (`DOLO_END`) is written but is not a day written dd/mm/yyyy. A
//! blank means that the order still runs.
//!
//! # Why it matters
//! An end that cannot be read makes the order look as if it still ran.
//!
//! # How to put it right
//! Enter the day on which the order ended, or leave it blank.
//!
//! # Example
//! `DOLO_END` = 2026/12/10.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "701",
    title: "The end of the order that deprives the child of liberty is no date.",
    versions: &[Version { from: 2027, fields: &["DOLO_END"], tables: &[Dolo], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.dolo().iter().filter(|order| order.dolo_end.is_nonsense()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_day() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_END\n1,2026/12/10\n2,soon\n3,10/12/2026\n")
            .flags(&[(Dolo, &[0, 1])]);
    }

    #[test]
    fn a_day_or_still_running() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_END\n1,10/12/2026\n2,\n").clean();
    }
}
