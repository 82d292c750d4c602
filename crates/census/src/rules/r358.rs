//! # What it does
//! Flags an episode with `LS` = `J1`, `J2` or `J3` (remanded, detained by the police, sentenced) when the child was
//! under 10 on the day it started. The child's row in Header is flagged with it.
//!
//! # Why it matters
//! A child under 10 cannot be charged with an offence, so cannot have such a legal status.
//!
//! # How to put it right
//! Correct the legal status, or the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2018, `DECOM` = 01/05/2025, `LS` = `J1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "358",
    title: "A child under 10 is on remand, in custody or sentenced.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "DOB", "LS"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ls.is_any(&["J1", "J2", "J3"])) {
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
    fn the_day_before_the_tenth_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2015\n2,01/06/2015\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,31/05/2025,J1\n2,01/06/2025,J2\n1,31/05/2025,C2\n")
            .flags(&[(Episodes, &[0]), (Header, &[0])]);
    }

    #[test]
    fn another_status_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2018\n2,\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,31/05/2025,L1\n1,,J3\n2,31/05/2025,J1\n")
            .clean();
    }
}
