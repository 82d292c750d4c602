//! # What it does
//! Flags an episode that ended with a special guardianship order (`REC` = `E45` to `E48`) on or after the child's
//! eighteenth birthday, and the child's row in Header.
//!
//! # Why it matters
//! Such an order is made for children only. The date or the reason is wrong.
//!
//! # How to put it right
//! Check the date of the order against `DEC`, and the date of birth in Header.
//!
//! # Example
//! `DOB` = 11/01/2008 and an episode with `REC` = `E46` and `DEC` = 11/02/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "407",
    title: "A special guardianship order is recorded for somebody who was 18.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "DOB", "REC"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(18));
        for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E45", "E46", "E47", "E48"])) {
            if on_or_after(episode.dec.value(), birthday) {
                out.flag(&header);
                out.flag(&episode);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn on_the_eighteenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/09/2007\n2,02/09/2007\n3,01/01/2000\n")
            .with(
                Episodes,
                "CHILD,REC,DEC\n1,E45,01/09/2025\n2,E46,01/09/2025\n3,E8,01/09/2025\n3,E48,02/09/2025\n",
            )
            .flags(&[(Episodes, &[0, 3]), (Header, &[0, 2])]);
    }

    #[test]
    fn a_date_is_missing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/01/2000\n2,\n")
            .with(Episodes, "CHILD,REC,DEC\n1,E47,\n2,E47,01/09/2025\n")
            .clean();
    }
}
