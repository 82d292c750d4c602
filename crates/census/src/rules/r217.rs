//! # What it does
//! Flags an episode since 1 April 2015 in which the child is placed for adoption with the foster carers the child
//! is already with (`PLACE` = `A3` or `A5`), and the reason for the new episode (`RNE`) is not `S`, `T` or `U`.
//!
//! # Why it matters
//! The placement changes but the carers do not, so the reason has to be one that keeps the carers. `P` and `B`
//! would count as a move that never happened.
//!
//! # How to put it right
//! Use `T` when only the placement changes, `U` when the legal status changes too, `S` when the child comes into
//! care. If the carers are new, the placement is `A4` or `A6`.
//!
//! # Example
//! `PLACE` = `A5` with `RNE` = `P`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "217",
    title: "A child is placed for adoption with the current carers, but the reason for the episode says another home.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE", "DECOM", "RNE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is_any(&["A3", "A5"])) {
        let asked = on_or_after(episode.decom.value(), date(2015, 4, 1));
        out.flag_if(asked && !episode.rne.is_any(&["S", "T", "U"]), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_reason_that_changes_the_carers_or_none() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,PLACE,RNE\n1,01/06/2025,A5,P\n2,01/04/2015,A3,\n3,01/06/2025,A3,L\n")
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn the_carers_stay_or_are_new_or_it_is_long_ago() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE,RNE\n1,01/06/2025,A5,T\n2,01/06/2025,A3,U\n3,01/06/2025,A6,P\n4,31/03/2015,A5,P\n5,,A5,P\n",
            )
            .clean();
    }
}
