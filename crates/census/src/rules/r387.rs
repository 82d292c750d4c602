//! # What it does
//! Flags an episode that ended with a move into independent living (`REC` = `E5` or `E6`) before the child's
//! fourteenth birthday.
//!
//! # Why it matters
//! A child so young does not live alone. The reason or a date is wrong.
//!
//! # How to put it right
//! Check where the child went and choose the reason that fits, or correct the date of birth in Header.
//!
//! # Example
//! `DOB` = 31/12/2014 and an episode with `REC` = `E6` and `DEC` = 23/08/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "387",
    title: "A child under 14 is recorded as moving into independent living.",
    versions: &[Version {
        from: 2023,
        fields: &["REC"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(14));
        for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E5", "E6"])) {
            out.flag_if(before(episode.dec.value(), birthday), &episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_fourteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/09/2011\n2,01/09/2011\n")
            .with(
                Episodes,
                "CHILD,REC,DEC\n1,E5,01/09/2025\n1,E6,01/09/2025\n1,E4A,01/09/2025\n2,E5,01/09/2025\n",
            )
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/01/2020\n2,\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E5,\n2,E6,01/09/2025\n")
            .clean();
    }
}
