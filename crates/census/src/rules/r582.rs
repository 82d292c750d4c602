//! # What it does
//! Flags an episode that ended with an adoption (`REC` = `E11` or `E12`) on the very day on which the child was
//! matched with the adopters (`DATE_MATCH`).
//!
//! # Why it matters
//! Months lie between the two as a rule: the child first moves in. More often one date was copied into the other.
//!
//! # How to put it right
//! Correct the date of the match from the matching panel's papers, or the date of the adoption order. If both are
//! right, leave them and say so.
//!
//! # Example
//! `DEC` = 01/09/2025 with `REC` = `E11`, and `DATE_MATCH` = 01/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "582",
    title: "The child was adopted on the day of the match with the adopters.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "DATE_MATCH"],
        tables: &[Episodes, Ad1],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.rec.is_any(&["E11", "E12"])) {
        let matched =
            child.ad1().iter().any(|adoption| same(adoption.date_match.value(), episode.dec.value()));
        out.flag_if(matched, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn matched_and_adopted_in_a_day() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,01/09/2025,E11\n2,01/09/2025,E12\n")
            .with(Ad1, "CHILD,DATE_MATCH\n1,01/09/2025\n2,01/09/2025\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn matched_on_another_day() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,01/09/2025,E11\n2,01/09/2025,E4A\n3,,E12\n")
            .with(Ad1, "CHILD,DATE_MATCH\n1,31/08/2025\n2,01/09/2025\n3,\n")
            .clean();
    }
}
