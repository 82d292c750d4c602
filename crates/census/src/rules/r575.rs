//! # What it does
//! Flags a time missing, or away without authorisation, without an end, when the episode in which it started has
//! ended.
//!
//! # Why it matters
//! When the home from which the child went is given up, the child is no longer away from it: the time ends on that
//! day.
//!
//! # How to put it right
//! Enter the end: the day on which the child came back or the placement ended. If the child is still away after a
//! move, start a new row for the new placement.
//!
//! # Example
//! `MIS_START` = 08/06/2025 and no end; the episode ran from 01/06/2025 to 10/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "575",
    title: "A time missing or away has no end, though the placement has ended.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_END"],
        tables: &[Episodes, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for time in child.missing().iter().filter(|time| time.mis_end.value().is_none()) {
        let Some(start) = time.mis_start.value() else { continue };
        let over = child.episodes().iter().any(|e| !e.is_open() && e.runs_on(start));
        out.flag_if(over, &time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_placement_is_over() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,DEC\n1,01/06/2025,10/06/2025\n1,10/06/2025,\n2,01/06/2025,10/06/2025\n",
            )
            .with(Missing, "CHILD,MIS_START,MIS_END\n1,08/06/2025,\n2,01/06/2025,\n")
            .flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn the_placement_goes_on_or_the_child_is_back() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,DEC\n1,01/06/2025,10/06/2025\n1,10/06/2025,\n")
            .with(
                Missing,
                "CHILD,MIS_START,MIS_END\n1,10/06/2025,\n1,08/06/2025,09/06/2025\n1,,\n2,08/06/2025,\n",
            )
            .clean();
    }
}
