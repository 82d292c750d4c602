//! # What it does
//! Flags an episode with `PLACE` = `P2` (independent living) that is still open, or that ended after 28 October
//! 2023. Asked in 2023-24 only.
//!
//! # Why it matters
//! From that day such homes are supported accommodation and have to be registered, and `P2` is no placement type
//! any more.
//!
//! # How to put it right
//! End the episode on 28 October 2023 and open one with the placement type that now applies.
//!
//! # Example
//! `PLACE` = `P2` with `DEC` = 01/11/2023.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "217t",
    title: "Independent living is used as a placement after 28 October 2023.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["PLACE", "DECOM"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is("P2")) {
        let goes_on = episode.is_open() || after(episode.dec.value(), date(2023, 10, 28));
        out.flag_if(goes_on, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn it_goes_on_after_the_day() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,PLACE,DEC\n1,P2,29/10/2023\n2,P2,\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn it_ended_by_the_day() {
        case(&RULE, 2024).with(Episodes, "CHILD,PLACE,DEC\n1,P2,28/10/2023\n2,P1,\n").clean();
    }
}
