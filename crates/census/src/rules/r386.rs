//! # What it does
//! Flags an episode that ended in adoption (`REC` = `E11` or `E12`) on or after the child's eighteenth birthday.
//!
//! # Why it matters
//! From that day nobody is looked after as a child any more. The date or the reason is wrong, and adoptions are
//! counted closely.
//!
//! # How to put it right
//! Check the date of the adoption order against `DEC`, and the date of birth in Header.
//!
//! # Example
//! `DOB` = 31/12/2007 and an episode with `REC` = `E11` and `DEC` = 03/01/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "386",
    title: "The child is recorded as adopted after turning 18.",
    versions: &[Version {
        from: 2023,
        fields: &["REC"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(18));
        for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E11", "E12"])) {
            out.flag_if(on_or_after(episode.dec.value(), birthday), &episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn adopted_on_the_eighteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/09/2007\n2,02/09/2007\n3,01/01/2000\n")
            .with(
                Episodes,
                "CHILD,REC,DEC\n1,E11,01/09/2025\n2,E11,01/09/2025\n3,E12,01/09/2025\n3,E8,01/09/2025\n",
            )
            .flags(&[(Episodes, &[0, 2])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/01/2000\n2,\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E11,\n2,E12,01/09/2025\n")
            .clean();
    }
}
