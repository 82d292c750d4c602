//! # What it does
//! Flags an adopted child (AD1) whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! Without a row in Header the child has no sex or ethnicity: the adoption is counted in no table by either.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in AD1. If
//! the adoption belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in AD1, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT01",
    title: "The adoption is of a child who is not in Header.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Header, Ad1], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.ad1());
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
            .with(Ad1, "CHILD,NB_ADOPTR\n101,1\n105,1\n105,\n")
            .flags(&[(Ad1, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026).with(Header, "CHILD\nA1\na1\n103\n").with(Ad1, "CHILD,NB_ADOPTR\na1,1\n").clean();
    }
}
