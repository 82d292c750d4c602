//! # What it does
//! Flags an adoption when the child was matched with the adopters (`DATE_MATCH`) after the start of the episode
//! that ended in the adoption (`REC` = `E11` or `E12`). Both rows are flagged.
//!
//! # Why it matters
//! A child is placed with adopters after the match, or on the same day. The time from match to placement is
//! published.
//!
//! # How to put it right
//! Check the date of the match in the decision of the panel, and the day on which the child moved in.
//!
//! # Example
//! `DATE_MATCH` = 15/06/2025; the episode with `REC` = `E11` started on 01/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "331",
    title: "The match with the adopters is later than the placement with them.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_MATCH", "DECOM", "REC"],
        tables: &[Ad1, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for adoption in child.ad1() {
        for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E11", "E12"])) {
            if after(adoption.date_match.value(), episode.decom.value()) {
                out.flag(&adoption);
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
    fn matched_the_day_after() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_MATCH\n1,02/06/2025\n2,02/06/2025\n")
            .with(Episodes, "CHILD,DECOM,REC\n1,01/01/2025,X1\n1,01/06/2025,E11\n2,01/06/2025,E12\n")
            .flags(&[(Ad1, &[0, 1]), (Episodes, &[1, 2])]);
    }

    #[test]
    fn matched_in_time_or_no_adoption() {
        case(&RULE, 2026)
            .with(Ad1, "CHILD,DATE_MATCH\n1,01/06/2025\n2,\n3,02/06/2025\n")
            .with(Episodes, "CHILD,DECOM,REC\n1,01/06/2025,E11\n2,01/06/2025,E12\n3,01/06/2025,E4A\n3,,E11\n")
            .clean();
    }
}
