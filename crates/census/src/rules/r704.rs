//! # What it does
//! Flags a deprivation of liberty order whose end (`DOLO_END`) is before the first or after the last day of the
//! collection year.
//!
//! # Why it matters
//! An order that was over before the year does not belong in its return, and an end still to come is not an end
//! yet.
//!
//! # How to put it right
//! Take out orders of earlier years. Leave the end blank while the order runs.
//!
//! # Example
//! `DOLO_END` = 31/03/2026 in the return for 2026-27.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "704",
    title: "The order that deprives the child of liberty ended outside the year.",
    versions: &[Version { from: 2027, fields: &["DOLO_END"], tables: &[Dolo], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let outside = |end: Date| !ctx.holds(end);
    out.flag_all(child.dolo().iter().filter(|order| order.dolo_end.value().is_some_and(outside)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn before_or_after_the_year() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_END\n1,31/03/2026\n2,01/04/2027\n3,01/04/2026\n")
            .flags(&[(Dolo, &[0, 1])]);
    }

    #[test]
    fn in_the_year_or_still_running() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_END\n1,01/04/2026\n2,31/03/2027\n3,\n").clean();
    }
}
