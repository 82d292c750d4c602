//! # What it does
//! Flags a time missing or away whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! Without a row in Header the child who went missing has no age, and drops out of every figure about missing
//! children.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in Missing.
//! If the time missing belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in Missing, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT04",
    title: "The time missing or away is of a child who is not in Header.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD"],
        tables: &[Header, Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.missing());
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
            .with(Missing, "CHILD,MIS_START\n101,01/05/2025\n105,01/05/2025\n105,\n")
            .flags(&[(Missing, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026)
            .with(Header, "CHILD\nA1\na1\n103\n")
            .with(Missing, "CHILD,MIS_START\na1,01/05/2025\n")
            .clean();
    }
}
