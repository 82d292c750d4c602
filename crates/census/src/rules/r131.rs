//! # What it does
//! Flags a row of OC3 whose `IN_TOUCH` is blank or is not a code of the collection.
//!
//! # Why it matters
//! Being in touch is the first thing asked of care leavers; without it the other two answers cannot be judged.
//!
//! # How to put it right
//! Enter `YES` or `NO`, or the code for why not: `DIED`, `REFU` (no contact wanted), `NREQ` (no longer needs it),
//! `RHOM` (went home).
//!
//! # Example
//! `IN_TOUCH` = `Y`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "131",
    title: "Whether the authority is in touch with the care leaver is missing or is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["IN_TOUCH"], tables: &[Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        out.flag_if(!CodeList::InTouch.codes().contains(&row.in_touch.raw()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_word_or_nothing() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH\n1,Y\n2,REFUSE\n3,\n4,YES\n").flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn any_of_the_codes() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,NO\n3,DIED\n4,REFU\n5,NREQ\n6,RHOM\n").clean();
    }
}
