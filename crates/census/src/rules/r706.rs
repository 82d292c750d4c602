//! # What it does
//! For a child with a deprivation of liberty order that had no end in last year's return, looks for an order with
//! the same start in this one. If there is none, flags the child's latest order, or last year's when the child has
//! no other.
//!
//! # Why it matters
//! An order that drops out between two returns has no end, and its days are lost.
//!
//! # How to put it right
//! Add the order as it stood last year, with its end if it has ended. If last year's start was wrong, tell the
//! department.
//!
//! # Example
//! Last year: `DOLO_START` = 03/01/2026 without an end. This year the only order starts on 06/06/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "706",
    title: "An order that ran at the end of last year is not in this year's return.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_START"],
        tables: &[Dolo],
        last: &[Dolo],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let orders = child.dolo();
    for open in child.last().dolo().iter().filter(|order| order.dolo_end.value().is_none()) {
        if orders.iter().any(|order| same(order.dolo_start.value(), open.dolo_start.value())) {
            continue;
        }
        out.flag(&orders.last().unwrap_or(open));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_open_one_is_not_there() {
        case(&RULE, 2027)
            .last(Dolo, "CHILD,DOLO_START,DOLO_END\n1,03/01/2026,\n1,01/01/2026,02/01/2026\n")
            .with(Dolo, "CHILD,DOLO_START\n1,06/06/2026\n1,05/05/2026\n")
            .flags(&[(Dolo, &[0])]);
    }

    #[test]
    fn it_is_there_or_was_over() {
        case(&RULE, 2027)
            .last(Dolo, "CHILD,DOLO_START,DOLO_END\n1,03/01/2026,\n2,01/01/2026,02/01/2026\n")
            .with(Dolo, "CHILD,DOLO_START\n1,03/01/2026\n1,05/05/2026\n2,05/05/2026\n3,05/05/2026\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2027).with(Dolo, "CHILD,DOLO_START\n1,03/01/2026\n").not_run("last year");
    }
}
