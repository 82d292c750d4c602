//! # What it does
//! Flags an episode that began later than one of the same child, this year or in any earlier year that is given,
//! that ended because the child was adopted (`E11` or `E12`).
//!
//! # Why it matters
//! An adopted child has a new family and as a rule a new record. Often two children share one number, or the end of
//! the earlier episode is wrong.
//!
//! # How to put it right
//! Check why the earlier episode ended. If the child was adopted and came back into care, use a new number for the
//! child.
//!
//! # Example
//! An episode ended with `E11` on 04/12/2025; another of the same child began on 12/12/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "199",
    title: "The child has an episode after one that ended in adoption.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let all = child.before().flat_map(|year| year.episodes()).chain(child.episodes());
    let adopted = all.filter(|e| e.rec.is_any(&["E11", "E12"])).filter_map(|e| e.decom.value()).min();
    if adopted.is_some() {
        out.flag_all(child.episodes().iter().filter(|e| after(e.decom.value(), adopted)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn after_an_adoption_this_year_or_last() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC,REC\n1,03/06/2025,04/12/2025,E11\n1,12/12/2025,,\n1,02/05/2025,03/06/2025,X1\n2,16/04/2025,,\n").last(Episodes, "CHILD,DECOM,DEC,REC\n2,11/05/2020,07/04/2024,E12\n").flags(&[(Episodes, &[1, 3])]);
    }

    #[test]
    fn after_an_adoption_in_a_year_before_last() {
        case(&RULE, 2026)
            .earlier(2022, Episodes, "CHILD,DECOM,DEC,REC\n1,11/05/2020,07/04/2021,E12\n")
            .with(Episodes, "CHILD,DECOM\n1,16/04/2025\n2,16/04/2025\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn the_adoption_itself_is_the_last() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,DEC,REC\n1,03/06/2024,04/12/2025,E11\n2,03/06/2024,,\n3,,,\n").last(Episodes, "CHILD,DECOM,DEC,REC\n1,03/06/2024,,\n2,01/02/2022,03/06/2024,E4A\n3,01/02/2022,03/06/2024,E11\n").clean();
    }
}
