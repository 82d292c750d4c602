//! # What it does
//! Flags an episode with which the child left care on the very day on which a time missing, or away without
//! authorisation, ended, when the reason for leaving is not `E8`.
//!
//! # Why it matters
//! A child who is missing when care ends did not go home or to a guardian that day. Such children are counted
//! apart.
//!
//! # How to put it right
//! If the child was still missing, the reason is `E8`. If the child was found before, correct the end of the time
//! missing.
//!
//! # Example
//! `DEC` = 08/06/2025 and `REC` = `E4A`; a time missing has `MIS_END` = 08/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "580",
    title: "The child was missing when care ended, but the reason does not say so.",
    versions: &[Version {
        from: 2023,
        fields: &["REC"],
        tables: &[Episodes, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.ends_care() && !e.rec.is("E8")) {
        let missing = child.missing().iter().any(|time| same(time.mis_end.value(), episode.dec.value()));
        out.flag_if(missing, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn still_missing_on_the_day() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,08/06/2025,E4A\n2,08/06/2025,E5\n")
            .with(Missing, "CHILD,MISSING,MIS_END\n1,M,08/06/2025\n1,M,01/05/2025\n2,A,08/06/2025\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn found_before_or_the_reason_says_so() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC,REC\n1,08/06/2025,E4A\n2,08/06/2025,E8\n3,08/06/2025,X1\n4,,\n")
            .with(Missing, "CHILD,MISSING,MIS_END\n1,M,07/06/2025\n2,M,08/06/2025\n3,M,08/06/2025\n4,M,\n")
            .clean();
    }
}
