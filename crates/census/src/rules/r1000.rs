//! # What it does
//! Flags a row of OC3 with any answer when an episode of this year, or of any earlier year that is given, ended
//! because the young person died (`REC` = `E2`).
//!
//! # Why it matters
//! Nobody is asked how someone who died is doing; the row would count them among those who lost touch.
//!
//! # How to put it right
//! Take the row out of OC3. If the young person is alive, correct the reason for which the episode ended.
//!
//! # Example
//! An episode has `REC` = `E2`; OC3 has `IN_TOUCH` = `NO`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1000",
    title: "Care leaver answers are given for a young person who died in care.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Episodes, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.oc3().is_empty() {
        return;
    }
    let mut episodes = child.episodes().iter().chain(child.before().flat_map(|year| year.episodes()));
    if episodes.any(|episode| episode.rec.is("E2")) {
        out.flag_all(child.oc3().iter().filter(|row| answered(row)));
    }
}

/// Whether any of the three questions is answered.
fn answered(row: &Oc3Row) -> bool {
    !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn died_this_year_or_last() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,REC\n2,E2\n")
            .with(Episodes, "CHILD,REC\n1,X1\n1,E2\n")
            .with(Oc3, "CHILD,IN_TOUCH,ACCOM\n1,NO,\n2,,B1\n")
            .flags(&[(Oc3, &[0, 1])]);
    }

    #[test]
    fn died_in_a_year_before_last() {
        case(&RULE, 2026)
            .earlier(2023, Episodes, "CHILD,REC\n1,E2\n")
            .with(Episodes, "CHILD\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,NO\n2,NO\n")
            .flags(&[(Oc3, &[0])]);
    }

    #[test]
    fn alive_or_without_an_answer() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REC\n1,E3\n2,E2\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,\n3,YES\n")
            .clean();
    }
}
