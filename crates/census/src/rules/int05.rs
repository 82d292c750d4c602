//! # What it does
//! Flags a row of OC2 (health and behaviour) whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! The age of the child decides which of the health questions are asked; without a row in Header the answers count
//! nowhere.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in OC2. If
//! the health answers belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in OC2, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT05",
    title: "The health and behaviour answers are about a child who is not in Header.",
    versions: &[Version { from: 2023, fields: &["CHILD"], tables: &[Header, Oc2], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.oc2());
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
            .with(Oc2, "CHILD,TEETH_CHECK\n101,1\n105,1\n105,\n")
            .flags(&[(Oc2, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026).with(Header, "CHILD\nA1\na1\n103\n").with(Oc2, "CHILD,TEETH_CHECK\na1,1\n").clean();
    }
}
