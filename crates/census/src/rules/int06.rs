//! # What it does
//! Flags a row of OC3 (care leavers) whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! The answers are counted by age and sex; without a row in Header the young person drops out of the care leavers.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in OC3. If
//! the care leaver's answers belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in OC3, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT06",
    title: "The care leaver answers are about a young person who is not in Header.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Header, Oc3], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.oc3());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn nobody_in_header() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n101,01/04/2020\n102,\n")
            .with(Oc3, "CHILD,IN_TOUCH\n101,YES\n105,YES\n105,\n")
            .flags(&[(Oc3, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026).with(Header, "CHILD\nA1\na1\n103\n").with(Oc3, "CHILD,IN_TOUCH\na1,YES\n").clean();
    }
}
