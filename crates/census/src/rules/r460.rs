//! # What it does
//! Flags an episode that ended because the young person stayed with the carers at 18 or later (`REC` = `E17`),
//! before the eighteenth birthday.
//!
//! # Why it matters
//! Until 18 a child who stays with the carers is still looked after. Care ended too early, or for another reason.
//!
//! # How to put it right
//! Check the date of birth in Header and the end of the episode: it usually ends on the eighteenth birthday.
//!
//! # Example
//! `DOB` = 02/09/2007 and an episode with `REC` = `E17` and `DEC` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "460",
    title: "The child is said to have stayed with the carers at 18, but was younger.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "REC"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(18));
        for episode in child.episodes().iter().filter(|e| e.rec.is("E17")) {
            out.flag_if(before(episode.dec.value(), birthday), &episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_eighteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/09/2007\n2,01/09/2007\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E17,01/09/2025\n1,E8,01/09/2025\n2,E17,01/09/2025\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/01/2020\n2,\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E17,\n2,E17,01/09/2025\n")
            .clean();
    }
}
