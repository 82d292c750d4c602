//! # What it does
//! Compares a child's deprivation of liberty orders. Of two that overlap, flags the one that stands lower in the
//! file. An order without an end runs on; one may start on the day another ends.
//!
//! # Why it matters
//! A new order replaces the one before. Days that are counted twice make the child's time without liberty look
//! longer.
//!
//! # How to put it right
//! Enter the end of the earlier order, or correct the start of the later one.
//!
//! # Example
//! One order from 01/05/2026 without an end, and another from 01/08/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "705",
    title: "Two orders that deprive the child of liberty run at the same time.",
    versions: &[Version {
        from: 2027,
        fields: &["DOLO_START", "DOLO_END"],
        tables: &[Dolo],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let orders = child.dolo();
    for order in orders {
        let overlapped = |above: Row<'_, DoloRow>| {
            above.index() < order.index()
                && starts_before_end(&above, &order)
                && starts_before_end(&order, &above)
        };
        out.flag_if(orders.iter().any(overlapped), &order);
    }
}

/// Whether the first starts before the end of the second.
fn starts_before_end(first: &DoloRow, second: &DoloRow) -> bool {
    let Some(start) = first.dolo_start.value() else { return false };
    second.dolo_end.value().is_none_or(|end| start < end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_new_one_while_another_runs() {
        case(&RULE, 2027)
            .with(
                Dolo,
                "CHILD,DOLO_START,DOLO_END\n1,01/05/2026,\n1,01/08/2026,\n2,05/06/2026,07/06/2026\n2,01/06/2026,06/06/2026\n",
            )
            .flags(&[(Dolo, &[1, 3])]);
    }

    #[test]
    fn one_after_the_other() {
        case(&RULE, 2027)
            .with(
                Dolo,
                "CHILD,DOLO_START,DOLO_END\n1,01/08/2026,\n1,01/05/2026,01/08/2026\n2,01/05/2026,\n3,,01/05/2026\n3,01/02/2026,\n",
            )
            .clean();
    }
}
