//! # What it does
//! Flags a child in both returns who is unaccompanied and seeking asylum in neither, although one of them gives a
//! date on which the status ended. This can only happen in XML: in CSV files a row in the table is the status.
//!
//! # Why it matters
//! Unaccompanied asylum-seeking children are counted, and paid for, separately. A status that comes and goes
//! without a date that explains it is a slip in one of the two years.
//!
//! # How to put it right
//! Take the date out, or correct the status of the year in which the child was unaccompanied.
//!
//! # Example
//! `UASC` = `0` in both years with `DUC` = 14/06/2025.

use super::r205a::{flag, is_now, was};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "205C",
    title: "The child was unaccompanied and seeking asylum in neither year, but a date on which that ended is given.",
    versions: &[Version {
        from: 2023,
        fields: &["DUC", "UASC"],
        tables: &[Uasc],
        last: &[Uasc],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let dated = || child.uasc().iter().chain(child.last().uasc()).any(|row| !row.duc.is_blank());
    if dated() && !child.headers().is_empty() && !was(child) && !is_now(child) {
        flag(child, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_date_without_the_status() {
        case(&RULE, 2026)
            .xml()
            .with(Header, "CHILD,UASC\n1,0\n2,0\n")
            .with(Uasc, "CHILD,DUC\n1,14/06/2025\n")
            .last(Header, "CHILD,UASC\n1,0\n2,0\n")
            .last(Uasc, "CHILD,DUC\n2,14/06/2025\n")
            .flags(&[(Header, &[0, 1]), (Uasc, &[0])]);
    }

    #[test]
    fn the_status_or_no_date() {
        case(&RULE, 2026)
            .xml()
            .with(Header, "CHILD,UASC\n1,1\n2,0\n3,0\n")
            .with(Uasc, "CHILD,DUC\n1,14/06/2025\n")
            .last(Header, "CHILD,UASC\n1,0\n2,1\n3,0\n")
            .last(Uasc, "CHILD,DUC\n2,14/06/2025\n")
            .clean();
    }
}
