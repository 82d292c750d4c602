//! # What it does
//! Flags an episode in independent living (`PLACE` = `P2`) that started before the child was 15; from 2023-24,
//! before the child was 16. Not asked any more from 2024-25.
//!
//! # Why it matters
//! Nobody of that age may be placed without care.
//!
//! # How to put it right
//! Correct the placement type or the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2008, `DECOM` = 31/05/2023, `PLACE` = `P2`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "370",
    title: "A child too young for it is said to live independently.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2023),
            fields: &["DECOM", "PLACE"],
            tables: &[Episodes, Header],
            ..Version::child(under_15)
        },
        Version {
            from: 2024,
            to: Some(2024),
            fields: &["DECOM", "PLACE"],
            tables: &[Episodes, Header],
            ..Version::child(under_16)
        },
    ],
};

fn under_15(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(15, "P2", child, out);
}

fn under_16(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    younger_than(16, "P2", child, out);
}

/// Flags episodes in this type of placement that start before a birthday. The date of birth is that of Header.
pub(super) fn younger_than(years: i32, place: &str, child: &Child<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is(place)) {
        let mut births = child.headers().iter().filter_map(|header| header.dob.value());
        out.flag_if(births.any(|dob| before(episode.decom.value(), dob.plus_years(years))), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_before_the_birthday() {
        let headers = "CHILD,DOB\n1,01/06/2007\n";
        let rows = "CHILD,DECOM,PLACE\n1,31/05/2022,P2\n1,01/06/2022,P2\n1,31/05/2023,P2\n1,01/06/2023,P2\n";
        case(&RULE, 2023).with(Header, headers).with(Episodes, rows).flags(&[(Episodes, &[0])]);
        case(&RULE, 2024).with(Header, headers).with(Episodes, rows).flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn another_placement_or_no_date() {
        case(&RULE, 2024)
            .with(Header, "CHILD,DOB\n1,01/06/2020\n2,\n")
            .with(Episodes, "CHILD,DECOM,PLACE\n1,01/06/2023,U6\n1,,P2\n2,01/06/2023,P2\n3,01/06/2023,P2\n")
            .clean();
    }
}
