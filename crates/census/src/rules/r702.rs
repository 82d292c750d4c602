//! # What it does
//! Flags a deprivation of liberty order whose end (`DOLO_END`) is before, or on the same day as, its start
//! (`DOLO_START`).
//!
//! # Why it matters
//! The order counts for no days at all, so at least one of the dates is wrong.
//!
//! # How to put it right
//! Check both days against the court order.
//!
//! # Example
//! `DOLO_START` = 10/06/2026 with `DOLO_END` = 06/10/2025: day and month were swapped.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "702",
    title: "The order that deprives the child of liberty ended before it had begun.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_START", "DOLO_END"],
        tables: &[Dolo],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(
        child.dolo().iter().filter(|order| on_or_before(order.dolo_end.value(), order.dolo_start.value())),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn ended_before_or_as_it_began() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,10/06/2026,10/06/2026\n2,10/06/2026,09/06/2026\n")
            .flags(&[(Dolo, &[0, 1])]);
    }

    #[test]
    fn ended_later_or_not_at_all() {
        case(&RULE, 2027)
            .with(Dolo, "CHILD,DOLO_START,DOLO_END\n1,10/06/2026,11/06/2026\n2,10/06/2026,\n3,,10/06/2026\n")
            .clean();
    }
}
