//! # What it does
//! Flags an episode that ended with a special guardianship order to the child's former foster carers (`REC` = `E45`
//! or `E46`) although the placement was not a foster placement (`U1` to `U6`).
//!
//! # Why it matters
//! If the child was not fostered, the guardian was not the foster carer. The two kinds of order are counted apart.
//!
//! # How to put it right
//! Correct the placement if the child was with foster carers. If not, the reason is `E47` or `E48`.
//!
//! # Example
//! `REC` = `E45` with `PLACE` = `K2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "516",
    title: "Guardianship went to foster carers, but the child was not in a foster placement.",
    versions: &[Version {
        from: 2023,
        fields: &["REC", "PLACE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.episodes() {
        out.flag_if(
            row.rec.is_any(&["E45", "E46"]) && !row.place.is_any(&["U1", "U2", "U3", "U4", "U5", "U6"]),
            &row,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_child_was_not_fostered() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REC,PLACE\n1,E45,K2\n2,E46,T1\n3,E45,\n4,E46,U6\n")
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn the_child_was_fostered_or_left_otherwise() {
        case(&RULE, 2026).with(Episodes, "CHILD,REC,PLACE\n1,E45,U1\n2,E47,K2\n3,,K2\n").clean();
    }
}
