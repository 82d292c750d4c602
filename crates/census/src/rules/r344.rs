//! # What it does
//! Flags a row of OC3 with `IN_TOUCH` = `DIED` or `RHOM` (back with parents for six months or more) in which
//! `ACTIV` or `ACCOM` is anything but `0`.
//!
//! # Why it matters
//! These young people are not care leavers in the figures, so nothing is asked about what they do or where they
//! live.
//!
//! # How to put it right
//! Enter `0` in both, or correct `IN_TOUCH`.
//!
//! # Example
//! `IN_TOUCH` = `RHOM` with `ACCOM` = `B1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "344",
    title: "A young person who died or went home still has activity or accommodation.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc3().iter().filter(|row| row.in_touch.is_any(&["DIED", "RHOM"])) {
        out.flag_if(!(row.activ.is("0") && row.accom.is("0")), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn more_than_a_nought() {
        case(&RULE, 2026)
            .with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,RHOM,F1,0\n2,DIED,0,U1\n3,RHOM,,0\n")
            .flags(&[(Oc3, &[0, 1, 2])]);
    }

    #[test]
    fn noughts_or_another_answer() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH,ACTIV,ACCOM\n1,DIED,0,0\n2,YES,F1,U1\n3,,,X2\n").clean();
    }
}
