//! # What it does
//! Flags an earlier permanent arrangement whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! Without a row in Header the arrangement is nobody's, and a return to care after adoption or guardianship is not
//! seen.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in PrevPerm.
//! If the earlier arrangement belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in PrevPerm, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT07",
    title: "The earlier permanent arrangement is of a child who is not in Header.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD"],
        tables: &[Header, PrevPerm],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.prev_perm());
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
            .with(PrevPerm, "CHILD,PREV_PERM\n101,P1\n105,P1\n105,\n")
            .flags(&[(PrevPerm, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026)
            .with(Header, "CHILD\nA1\na1\n103\n")
            .with(PrevPerm, "CHILD,PREV_PERM\na1,P1\n")
            .clean();
    }
}
