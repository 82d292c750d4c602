//! # What it does
//! Flags an episode that starts a period of care (`RNE` = `S`) on or after the child's 18th birthday.
//!
//! # Why it matters
//! Nobody of 18 or over can start to be looked after.
//!
//! # How to put it right
//! Check the date of birth and the day on which care started. If the young person came as a child, the reason for
//! the episode may be wrong.
//!
//! # Example
//! `DOB` = 01/06/2007, `DECOM` = 01/06/2025, `RNE` = `S`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "352",
    title: "The child was 18 or over when care started.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "RNE"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::starts_care) {
        let grown = |dob: Date| on_or_after(episode.decom.value(), dob.plus_years(18));
        out.flag_if(child.headers().iter().any(|header| header.dob.value().is_some_and(grown)), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn on_the_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2007\n2,01/06/2007\n")
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,S\n2,31/05/2025,S\n")
            .flags(&[(Episodes, &[0])]);
    }

    #[test]
    fn not_a_start_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2000\n2,\n")
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2025,L\n1,,S\n2,01/06/2025,S\n3,01/06/2025,S\n")
            .clean();
    }
}
