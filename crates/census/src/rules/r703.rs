//! # What it does
//! Flags a deprivation of liberty order whose start (`DOLO_START`) is after the last day of the collection year.
//!
//! # Why it matters
//! Orders of next year belong in next year's return.
//!
//! # How to put it right
//! Correct the date, or leave the order for next year.
//!
//! # Example
//! `DOLO_START` = 01/04/2027 in the return for 2026-27.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "703",
    title: "The order that deprives the child of liberty starts after the end of the year.",
    versions: &[Version { from: 2027, fields: &["DOLO_START"], tables: &[Dolo], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.dolo().iter().filter(|order| after(order.dolo_start.value(), ctx.end)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn from_next_year() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_START\n1,01/04/2027\n2,31/03/2027\n").flags(&[(Dolo, &[0])]);
    }

    #[test]
    fn of_this_year_or_earlier() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_START\n1,31/03/2027\n2,01/02/2025\n3,\n").clean();
    }
}
