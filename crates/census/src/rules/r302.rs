//! # What it does
//! Flags the child's first episode when it starts before the date of birth. The child's row in Header is flagged
//! with it.
//!
//! # Why it matters
//! One of the two dates is wrong, and with it the child's age and time in care.
//!
//! # How to put it right
//! Check the birth certificate, and the day on which the child came into care.
//!
//! # Example
//! `DOB` = 01/06/2025 and a first episode with `DECOM` = 31/05/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "302",
    title: "The first episode starts before the child was born.",
    versions: &[Version {
        from: 2023,
        fields: &["DECOM", "DOB"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let Some(first) = child.episodes().first() else { return };
    for header in child.headers().iter().filter(|h| before(first.decom.value(), h.dob.value())) {
        out.flag(&first);
        out.flag(&header);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn born_after_the_first_episode() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2025\n2,01/06/2025\n")
            .with(Episodes, "CHILD,DECOM\n1,01/09/2025\n1,31/05/2025\n2,01/06/2025\n")
            .flags(&[(Header, &[0]), (Episodes, &[1])]);
    }

    #[test]
    fn born_before_it_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2025\n2,\n3,01/06/2025\n")
            .with(Episodes, "CHILD,DECOM\n1,02/06/2025\n2,01/05/2025\n3,\n")
            .clean();
    }
}
