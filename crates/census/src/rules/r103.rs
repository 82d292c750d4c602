//! # What it does
//! Flags a child whose ethnicity is blank or is not one of the twenty codes.
//!
//! # Why it matters
//! Every figure that is published by ethnicity leaves this child out.
//!
//! # How to put it right
//! Ask the child or the family, and enter the code. `REFU` is for those who would rather not say, `NOBT` while it
//! is not yet known.
//!
//! # Example
//! `ETHNIC` = `White British` instead of `WBRI`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "103",
    title: "The child's ethnicity is missing or is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["ETHNIC"], tables: &[Header], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(!CodeList::Ethnic.codes().contains(&row.ethnic.raw()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn words_or_nothing() {
        case(&RULE, 2026)
            .with(Header, "CHILD,ETHNIC\n1,White British\n2,\n3,WBR\n4,WBRI\n")
            .flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn any_of_the_codes() {
        case(&RULE, 2026).with(Header, "CHILD,ETHNIC\n1,WBRI\n2,NOBT\n3,REFU\n4,OOTH\n").clean();
    }
}
