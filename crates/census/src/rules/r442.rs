//! # What it does
//! Flags a child without a unique pupil number (`UPN`), or the code that says why there is none, if any of the
//! child's episodes is other than a short break (`V3` or `V4`).
//!
//! # Why it matters
//! With the number the child's schooling and results can be found. Without it the child drops out of all that is
//! published about them.
//!
//! # How to put it right
//! Ask the school or the virtual school. If there really is no number, enter the code that says why (`UN1` to
//! `UN5`).
//!
//! # Example
//! `UPN` blank, and an episode under a care order.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "442",
    title: "The unique pupil number is not filled in.",
    versions: &[Version {
        from: 2023,
        fields: &["UPN"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for header in child.headers().iter().filter(|h| h.upn.is_blank()) {
        out.flag_if(child.episodes().iter().any(|e| !e.is_short_term()), &header);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_number() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,\n2,\n3,A123456789012\n4,UN1\n")
            .with(Episodes, "CHILD,LS\n1,C2\n2,V3\n2,\n3,C2\n4,C2\n")
            .flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn short_breaks_only_or_no_episode() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,\n2,\n")
            .with(Episodes, "CHILD,LS\n1,V3\n1,V4\n")
            .clean();
    }
}
