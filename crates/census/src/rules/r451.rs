//! # What it does
//! Flags an episode under a freeing order (`LS` = `D1`) that is still open: neither an end (`DEC`) nor a reason
//! (`REC`) is filled in.
//!
//! # Why it matters
//! Freeing orders could not be applied for after 30 December 2005. A child who is under one today would be waiting
//! since then.
//!
//! # How to put it right
//! Enter the legal status that is in force, or end the episode on the day on which the order ended.
//!
//! # Example
//! `LS` = `D1` with `DEC` and `REC` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "451",
    title: "A child is still recorded as freed for adoption.",
    versions: &[Version {
        from: 2023,
        to: Some(2024),
        fields: &["DEC", "REC", "LS"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is("D1")) {
        out.flag_if(episode.dec.is_blank() && episode.rec.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn still_open() {
        case(&RULE, 2024)
            .with(Episodes, "CHILD,LS,DEC,REC\n1,D1,,\n2,C2,,\n3,D1,01/06/2023,E11\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn an_end_or_a_reason() {
        case(&RULE, 2024).with(Episodes, "CHILD,LS,DEC,REC\n1,D1,01/06/2023,\n2,D1,,E11\n").clean();
    }
}
