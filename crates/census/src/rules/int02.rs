//! # What it does
//! Flags a decision to place for adoption whose child number (`CHILD`) is in no row of Header.
//!
//! # Why it matters
//! Without a row in Header nobody can say whose decision it is, nor how old the child was.
//!
//! # How to put it right
//! If the child belongs in this return, add the row of Header. If the number was mistyped, correct it in
//! PlacedAdoption. If the decision belongs to a child of another year, take the row out.
//!
//! # Example
//! `CHILD` = `105` is in PlacedAdoption, and Header ends with `104`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "INT02",
    title: "The decision to place for adoption is about a child who is not in Header.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD"],
        tables: &[Header, PlacedAdoption],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.headers().is_empty() {
        out.flag_all(child.placed_adoption());
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
            .with(PlacedAdoption, "CHILD,DATE_PLACED\n101,01/05/2025\n105,01/05/2025\n105,\n")
            .flags(&[(PlacedAdoption, &[1, 2])]);
    }

    #[test]
    fn a_child_of_header_however_written() {
        case(&RULE, 2026)
            .with(Header, "CHILD\nA1\na1\n103\n")
            .with(PlacedAdoption, "CHILD,DATE_PLACED\na1,01/05/2025\n")
            .clean();
    }
}
