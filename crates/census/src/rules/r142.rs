//! # What it does
//! Flags an episode that is followed by a later one of the same child and has no end, or no reason for its end.
//!
//! # Why it matters
//! A child is in one episode at a time. With two open at once nobody can tell where the child lives.
//!
//! # How to put it right
//! Enter the day on which the earlier episode ended and the reason. If the next one began on the same day, the
//! reason is `X1`.
//!
//! # Example
//! An episode from 01/06/2025 has no `DEC`; another began on 05/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "142",
    title: "A new episode has started although the one before it has not ended.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "REC"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    // An episode without a start has no place in the order.
    let mut dated = child.episodes().iter().filter(|e| e.decom.value().is_some()).peekable();
    while let Some(episode) = dated.next() {
        let followed = dated.peek().is_some();
        out.flag_if(followed && (episode.is_open() || episode.rec.is_blank()), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_earlier_episode_without_end_or_reason() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC,REC\n1,05/09/2025,,\n1,01/06/2025,,\n2,01/06/2025,05/09/2025,\n2,05/09/2025,,\n").flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn the_latest_may_be_open() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC,REC\n1,01/06/2025,05/09/2025,X1\n1,05/09/2025,,\n2,01/06/2025,,\n2,,,\n",
            )
            .clean();
    }
}
