//! # What it does
//! Flags an episode under a freeing order (`LS` = `D1`) that started after 31 December 2005.
//!
//! # Why it matters
//! Courts have not made freeing orders since then; placement orders took their place.
//!
//! # How to put it right
//! Enter the order that the court made, usually a placement order (`E1`), or correct the date.
//!
//! # Example
//! `LS` = `D1` with `DECOM` = 20/01/2006.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "445",
    title: "A freeing order is recorded for an episode that started after 2005.",
    versions: &[Version {
        from: 2023,
        to: Some(2024),
        fields: &["LS", "DECOM"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("D1")) {
        out.flag_if(after(episode.decom.value(), date(2005, 12, 31)), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_first_day_of_2006() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,LS,DECOM\n1,D1,01/01/2006\n2,D1,31/12/2005\n3,C2,01/01/2006\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn no_date() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DECOM\n1,D1,\n2,,01/01/2006\n").clean();
    }
}
