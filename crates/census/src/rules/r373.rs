//! # What it does
//! Flags an ended episode in a residential school (`PLACE` = `S1`) that started before the child's fourth birthday.
//!
//! # Why it matters
//! So young a child is not sent to a residential school. Either the placement type or the date of birth is wrong,
//! and both go into published figures.
//!
//! # How to put it right
//! Check the date of birth in Header, the start of the episode and the type of the home: a nursery or family centre
//! is not `S1`.
//!
//! # Example
//! `DOB` = 02/03/2022 and an episode with `PLACE` = `S1` from 01/09/2025 to 12/12/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "373",
    title: "A child in a residential school was under 4 when the episode started.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "PLACE"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than_when_ended(4, "S1", child, out);
}

/// Flags episodes in this type of placement that started before a birthday, once they have ended: the collection asks
/// this of no open one. The date of birth is that of Header.
pub(super) fn younger_than_when_ended(years: i32, place: &str, child: &Child<'_>, out: &mut Findings) {
    for header in child.headers() {
        let birthday = header.dob.value().map(|dob| dob.plus_years(years));
        for episode in child.episodes().iter().filter(|e| e.place.is(place) && !e.is_open()) {
            out.flag_if(before(episode.decom.value(), birthday), &episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_fourth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/09/2021\n2,01/09/2021\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,01/09/2025,12/12/2025,S1\n2,01/09/2025,12/12/2025,S1\n1,01/09/2025,12/12/2025,U6\n",
            )
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn a_date_is_missing_or_the_episode_goes_on() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,02/09/2024\n2,\n")
            .with(
                Episodes,
                "CHILD,DECOM,DEC,PLACE\n1,,12/12/2025,S1\n1,01/09/2025,,S1\n2,01/09/2025,12/12/2025,S1\n",
            )
            .clean();
    }
}
