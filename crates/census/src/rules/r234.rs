//! # What it does
//! Flags an episode whose reason for the change of placement is `CUSTOD`, when the child was under 10 on the day
//! the episode started. The child's row in Header is flagged with it.
//!
//! # Why it matters
//! A child under 10 cannot be charged with an offence, so cannot be taken into custody.
//!
//! # How to put it right
//! Correct the reason, or the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2018, `DECOM` = 01/05/2025, `REASON_PLACE_CHANGE` = `CUSTOD`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "234",
    title: "A child under 10 is said to have moved because of custody.",
    versions: &[Version {
        from: 2026,
        fields: &["REASON_PLACE_CHANGE", "DOB"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.reason_place_change.is("CUSTOD")) {
        for header in child.headers() {
            if before(episode.decom.value(), header.dob.value().map(|dob| dob.plus_years(10))) {
                out.flag(&episode);
                out.flag(&header);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_child_of_nine() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2015\n2,01/06/2015\n")
            .with(Episodes, "CHILD,DECOM,REASON_PLACE_CHANGE\n1,31/05/2025,CUSTOD\n2,01/06/2025,CUSTOD\n")
            .flags(&[(Episodes, &[0]), (Header, &[0])]);
    }

    #[test]
    fn another_reason_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2018\n2,\n3,01/06/2018\n")
            .with(
                Episodes,
                "CHILD,DECOM,REASON_PLACE_CHANGE\n1,31/05/2025,OTHER\n2,31/05/2025,CUSTOD\n3,,CUSTOD\n",
            )
            .clean();
    }
}
