//! # What it does
//! Flags an episode that ended with a transfer to residential care of adult social care (`REC` = `E7`) before the
//! child's sixteenth birthday.
//!
//! # Why it matters
//! Adult social care does not take over a child so young. The reason or a date is wrong.
//!
//! # How to put it right
//! Check where the child went and choose the reason that fits, or correct the date of birth in Header.
//!
//! # Example
//! `DOB` = 02/09/2010 and an episode with `REC` = `E7` and `DEC` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "389",
    title: "A child under 16 is recorded as moving to adult social care.",
    versions: &[Version {
        from: 2023,
        fields: &["REC"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(16));
        for episode in child.episodes().iter().filter(|e| e.rec.is("E7")) {
            out.flag_if(before(episode.dec.value(), birthday), &episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_sixteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/09/2009\n2,01/09/2009\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E7,01/09/2025\n1,E8,01/09/2025\n2,E7,01/09/2025\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/01/2020\n2,\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E7,\n2,E7,01/09/2025\n")
            .clean();
    }
}
