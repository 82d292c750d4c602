//! # What it does
//! Flags an episode under a placement order (`LS` = `E1`) that started before 1 December 2005.
//!
//! # Why it matters
//! There were no placement orders yet. The legal status or the date is wrong.
//!
//! # How to put it right
//! Correct the date on which the episode started; dates long past are often slips of the pen. If it is right, enter
//! the order that was in force.
//!
//! # Example
//! `LS` = `E1` with `DECOM` = 20/01/2004.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "446",
    title: "A placement order is recorded for an episode that started before December 2005.",
    versions: &[Version {
        from: 2023,
        fields: &["LS", "DECOM"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("E1")) {
        out.flag_if(before(episode.decom.value(), date(2005, 12, 1)), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_last_day_of_november() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,DECOM\n1,E1,30/11/2005\n2,E1,01/12/2005\n3,C2,30/11/2005\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn no_date() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,DECOM\n1,E1,\n2,,30/11/2005\n").clean();
    }
}
