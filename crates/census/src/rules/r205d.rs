//! # What it does
//! Flags a child in both returns who is unaccompanied and seeking asylum in this year's and was not in last year's.
//!
//! # Why it matters
//! Unaccompanied asylum-seeking children are counted, and paid for, separately. A status that comes and goes
//! without a date that explains it is a slip in one of the two years.
//!
//! # How to put it right
//! A child is unaccompanied from the day of coming into care. Correct the status of this year, or say in the note
//! to the department that last year's was wrong.
//!
//! # Example
//! Last year the child was not in the table of unaccompanied children; this year the child is.

use super::r205a::{flag, is_now, was};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "205D",
    title: "The child is unaccompanied and seeking asylum this year, but was not last year.",
    versions: &[Version {
        from: 2023,
        fields: &["UASC", "CHILD"],
        tables: &[Uasc],
        last: &[Uasc],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if is_now(child) && !child.last().headers().is_empty() && !was(child) {
        flag(child, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn new_to_the_status() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UASC\n1,1\n")
            .with(Uasc, "CHILD,DUC\n1,14/06/2027\n")
            .last(Header, "CHILD,UASC\n1,0\n")
            .last(Uasc, "CHILD,DUC\n")
            .flags(&[(Header, &[0]), (Uasc, &[0])]);
    }

    #[test]
    fn new_to_the_authority_or_known() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UASC\n1,1\n2,1\n3,0\n")
            .with(Uasc, "CHILD,DUC\n1,14/06/2027\n2,14/06/2027\n")
            .last(Header, "CHILD,UASC\n2,1\n3,0\n")
            .last(Uasc, "CHILD,DUC\n2,14/06/2027\n")
            .clean();
    }
}
