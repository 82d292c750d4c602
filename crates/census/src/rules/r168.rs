//! # What it does
//! Flags a child whose unique pupil number is blank or has not the form of one: a letter other than I, O or S, then
//! twelve figures, or eleven figures and a letter. `UN1` to `UN5` say why there is no number.
//!
//! # Why it matters
//! Schooling and exam results are found by this number.
//!
//! # How to put it right
//! Ask the virtual school for the number. If there is none, choose from `UN1` to `UN5` the code that says why.
//!
//! # Example
//! `UPN` = `X12`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "168",
    title: "The unique pupil number is not one, nor a code for having none.",
    versions: &[Version { from: 2023, fields: &["UPN"], tables: &[Header], ..Version::child(check) }],
};

const NONE: &[&str] = &["UN1", "UN2", "UN3", "UN4", "UN5"];

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(!(NONE.contains(&row.upn.raw()) || has_form(row.upn.raw())), &row);
    }
}

fn has_form(upn: &str) -> bool {
    let [first, middle @ .., last] = upn.as_bytes() else { return false };
    upn.len() == 13
        && first.is_ascii_uppercase()
        && !b"IOS".contains(first)
        && middle.iter().all(u8::is_ascii_digit)
        && (last.is_ascii_digit() || last.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_number_and_no_code() {
        case(&RULE, 2026).with(Header, "CHILD,UPN\n1,X12\n2,\n3,UN6\n4,I12345678901\n5,S123456789012\n6,A12345678901AB\n7,A1234567890B2\n8,1234567890123\n").flags(&[(Header, &[0, 1, 2, 3, 4, 5, 6, 7])]);
    }

    #[test]
    fn numbers_and_codes() {
        case(&RULE, 2026).with(Header, "CHILD,UPN\n1,A123456789012\n2,A12345678901B\n3,UN1\n4,UN5\n").clean();
    }
}
